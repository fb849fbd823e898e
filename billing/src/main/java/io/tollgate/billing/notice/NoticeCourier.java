package io.tollgate.billing.notice;

import io.micrometer.core.instrument.MeterRegistry;
import io.tollgate.billing.notice.Deliveries.Delay;
import io.tollgate.billing.notice.Deliveries.State;
import io.tollgate.billing.notice.Deliveries.Told;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Works off what is to be told by one channel. Any number of gateways may do so at once. What fails is tried again later, and in
 * the end given up; a try whose end nobody saw is repeated.
 */
public final class NoticeCourier {

    private static final Logger LOG = LoggerFactory.getLogger(NoticeCourier.class);
    private static final int TAKEN_MAX = 1_000;

    private final Deliveries deliveries;
    private final Carrier carrier;
    private final DeliverySettings settings;
    private final Repetition repetition;
    private final MeterRegistry meters;

    /** What is done about a try whose end nobody knows. */
    public enum Repetition {
        /** Receivers cannot tell the second from the first: it is told once more at most. */
        ONCE,
        /** Receivers recognise what they have had. */
        ANY
    }

    public NoticeCourier(
            Deliveries deliveries,
            Carrier carrier,
            DeliverySettings settings,
            Repetition repetition,
            MeterRegistry meters) {
        this.deliveries = deliveries;
        this.carrier = carrier;
        this.settings = settings;
        this.repetition = repetition;
        this.meters = meters;
    }

    /** Tells what is due and answers how many deliveries that was. One at a time is taken, so that none waits for a slow one. */
    public Mono<Long> drain() {
        return Flux.range(0, settings.concurrency())
                .flatMap(lane -> lane(), settings.concurrency())
                .reduce(0L, Long::sum);
    }

    private Mono<Long> lane() {
        return deliveries
                .take(carrier.channel(), settings.lease())
                .flatMap(delivery -> handle(delivery).thenReturn(1L))
                .defaultIfEmpty(0L)
                .repeat(TAKEN_MAX)
                .takeUntil(taken -> taken == 0)
                .reduce(0L, Long::sum);
    }

    private Mono<Void> handle(TakenDelivery delivery) {
        return mayRepeat(delivery)
                ? carrier.carry(delivery)
                        .timeout(settings.patience())
                        .onErrorResume(failure -> Mono.just(
                                new CarryResult.Unknown(failure.getClass().getSimpleName())))
                        .flatMap(result -> conclude(delivery, result))
                : bury(delivery, "its outcome was unknown twice");
    }

    private boolean mayRepeat(TakenDelivery delivery) {
        return repetition == Repetition.ANY || delivery.unsure() <= 2;
    }

    private Mono<Void> conclude(TakenDelivery delivery, CarryResult result) {
        return switch (result) {
            case CarryResult.Carried _ -> close(delivery, State.DELIVERED, "");
            case CarryResult.Failed(String reason) -> tryLater(delivery, reason, Told.NO);
            case CarryResult.Unknown(String reason) -> tryLater(delivery, reason, Told.PERHAPS);
            case CarryResult.Rejected(String reason) -> bury(delivery, reason);
            case CarryResult.Nowhere(String reason) -> close(delivery, State.KEPT, reason);
            case CarryResult.Enough(String reason) -> close(delivery, State.SUPPRESSED, reason);
        };
    }

    private Mono<Void> tryLater(TakenDelivery delivery, String reason, Told told) {
        if (delivery.attempts() >= settings.attemptsMax()) {
            return bury(delivery, reason);
        }
        log(delivery, Level.WARN, reason, "notice_postponed");
        count(delivery, "postponed");
        return deliveries.postpone(delivery, new Delay(settings.retryAfter(delivery.attempts()), reason, told));
    }

    private Mono<Void> bury(TakenDelivery delivery, String reason) {
        log(delivery, Level.ERROR, reason, "notice_given_up");
        count(delivery, State.BURIED.text());
        return deliveries.close(delivery, State.BURIED, reason);
    }

    private Mono<Void> close(TakenDelivery delivery, State state, String reason) {
        log(delivery, Level.INFO, reason, "notice_" + state.text());
        count(delivery, state.text());
        return deliveries.close(delivery, state, reason);
    }

    private static void log(TakenDelivery delivery, Level level, String reason, String what) {
        LOG.atLevel(level)
                .addKeyValue("notice", delivery.number())
                .addKeyValue("channel", delivery.channel().name())
                .addKeyValue("account", delivery.account())
                .addKeyValue("kind", delivery.kind().text())
                .addKeyValue("attempts", delivery.attempts())
                .addKeyValue("reason", reason)
                .log(what);
    }

    private void count(TakenDelivery delivery, String outcome) {
        meters.counter(
                        "tollgate.notices.tried",
                        "channel",
                        delivery.channel().name(),
                        "kind",
                        delivery.kind().text(),
                        "outcome",
                        outcome)
                .increment();
    }
}
