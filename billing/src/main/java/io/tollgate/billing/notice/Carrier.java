package io.tollgate.billing.notice;

import reactor.core.publisher.Mono;

/** Tells one thing by one channel. */
public interface Carrier {

    Channel channel();

    /** One try. What it cannot foresee it signals as an error, which counts as {@link CarryResult.Unknown}. */
    Mono<CarryResult> carry(TakenDelivery delivery);
}
