package io.tollgate.metering.recovery;

import io.tollgate.metering.account.Partition;
import io.tollgate.metering.recovery.OpenHolds.Grave;
import io.tollgate.metering.recovery.OpenHolds.OpenHold;
import io.tollgate.metering.recovery.OpenHolds.Page;
import io.tollgate.metering.reservation.BookedEnd;
import io.tollgate.metering.reservation.BookedEnds;
import io.tollgate.metering.reservation.HoldId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import reactor.core.publisher.Mono;

/** Asks the book about all open holds of a partition, page by page. */
public final class BookBurial implements Burial {

    private static final int HOLDS_AT_ONCE = 500;

    private final OpenHolds holds;
    private final BookedEnds ends;

    public BookBurial(OpenHolds holds, BookedEnds ends) {
        this.holds = holds;
        this.ends = ends;
    }

    @Override
    public Mono<Long> bury(Partition partition, long epoch) {
        return holds.page(partition, OpenHolds.START, HOLDS_AT_ONCE)
                .expand(page -> page.next().equals(OpenHolds.START)
                        ? Mono.empty()
                        : holds.page(partition, page.next(), HOLDS_AT_ONCE))
                .concatMap(page -> bury(partition, epoch, page), 1)
                .reduce(0L, Long::sum);
    }

    private Mono<Long> bury(Partition partition, long epoch, Page page) {
        return ends.of(page.holds().stream().map(OpenHold::hold).toList())
                .map(ended -> graves(page.holds(), ended))
                .flatMap(graves -> graves.isEmpty() ? Mono.just(0L) : holds.bury(partition, epoch, graves));
    }

    private static List<Grave> graves(List<OpenHold> holds, Map<HoldId, BookedEnd> ended) {
        List<Grave> graves = new ArrayList<>();
        for (OpenHold open : holds) {
            BookedEnd end = ended.get(open.hold());
            if (end != null) {
                graves.add(new Grave(open, end));
            }
        }
        return graves;
    }
}
