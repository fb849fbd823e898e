package io.tollgate.metering.reservation;

import java.util.Collection;
import java.util.Map;
import reactor.core.publisher.Mono;

/** What the book knows of holds: how they ended. */
public interface BookedEnds {

    /** Those of the holds that have ended by the book; a charge counts more than a return that came before it. */
    Mono<Map<HoldId, BookedEnd>> of(Collection<HoldId> holds);
}
