package io.tollgate.billing.notice;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.tollgate.billing.notice.Deliveries.Standing;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/** Forgets what was told long ago, puts aside what no channel takes any more, and shows what waits. */
public final class NoticeHousekeeping {

    /** A notice that is forgotten could be posted anew by an event that comes late or again; Stripe's come for 30 days. */
    private static final Duration KEEP_LEAST = Duration.ofDays(45);

    // Gateways of two configurations run side by side for a while: one of them may know the channel.
    private static final Duration UNROUTED_AFTER = Duration.ofDays(1);
    private static final double MILLIS = 1_000.0;

    private static final Logger LOG = LoggerFactory.getLogger(NoticeHousekeeping.class);

    private final Deliveries deliveries;
    private final Set<Channel> routed;
    private final Duration keep;
    private final int batch;
    private final AtomicReference<Standing> standing = new AtomicReference<>(new Standing(0, 0, 0, Duration.ZERO));

    /** With {@code batch} the most that is forgotten in one turn. */
    public NoticeHousekeeping(
            Deliveries deliveries, Set<Channel> routed, Duration keep, int batch, MeterRegistry meters) {
        if (keep.compareTo(KEEP_LEAST) < 0 || batch < 1) {
            throw new IllegalArgumentException(
                    "notices are kept " + KEEP_LEAST.toDays() + " days at least, not " + keep.toDays());
        }
        this.deliveries = deliveries;
        this.routed = Set.copyOf(routed);
        this.keep = keep;
        this.batch = batch;
        Gauge.builder("tollgate.notices.waiting", standing, it -> it.get().waiting())
                .description("deliveries of notices that wait for their next try")
                .register(meters);
        Gauge.builder("tollgate.notices.kept", standing, it -> it.get().kept())
                .description("deliveries of notices that had nowhere to go")
                .register(meters);
        Gauge.builder("tollgate.notices.buried", standing, it -> it.get().buried())
                .description("deliveries of notices given up, waiting for an operator")
                .register(meters);
        Gauge.builder(
                        "tollgate.notices.oldest.seconds",
                        standing,
                        it -> it.get().oldestWaiting().toMillis() / MILLIS)
                .description("how long the oldest delivery that is due has been")
                .register(meters);
    }

    /** One turn. */
    public Mono<Void> tidy() {
        return deliveries
                .keepUnrouted(routed, UNROUTED_AFTER)
                .doOnNext(NoticeHousekeeping::tell)
                .then(deliveries.forget(keep, batch))
                .then(deliveries.standing())
                .doOnNext(standing::set)
                .then();
    }

    private static void tell(long kept) {
        if (kept > 0) {
            LOG.atWarn().addKeyValue("deliveries", kept).log("notices_without_channel_kept");
        }
    }
}
