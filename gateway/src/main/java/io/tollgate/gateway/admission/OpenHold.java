package io.tollgate.gateway.admission;

import io.tollgate.metering.credit.Credits;
import io.tollgate.metering.pricing.TokenUsage;
import io.tollgate.metering.reservation.EndResult;
import io.tollgate.metering.reservation.Ending;
import io.tollgate.metering.reservation.Ending.Overage;
import io.tollgate.metering.reservation.HoldId;
import io.tollgate.metering.reservation.HoldRequest;
import io.tollgate.metering.usage.UsageDetail;
import io.tollgate.metering.usage.UsageDetail.CountedBy;
import io.tollgate.metering.usage.UsageDetail.Outcome;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import reactor.core.publisher.Mono;

/**
 * The hold of one call. Whoever ends it first decides how; every later end does nothing, so that each path of a call may end the hold without knowing of the
 * others.
 */
public final class OpenHold {

    private final MeteredCall call;
    private final Estimate estimate;
    private final HoldRequest request;
    private final Settlements settlements;
    private final AtomicBoolean ended = new AtomicBoolean();
    private volatile boolean answered;
    private volatile Runnable booked = () -> {};

    OpenHold(MeteredCall call, Estimate estimate, HoldRequest request, Settlements settlements) {
        this.call = call;
        this.estimate = estimate;
        this.request = request;
        this.settlements = settlements;
    }

    public HoldId id() {
        return request.id();
    }

    public MeteredCall call() {
        return call;
    }

    public Estimate estimate() {
        return estimate;
    }

    /** After half of its ttl a hold is to be renewed. */
    public Duration renewAfter() {
        return request.ttl().dividedBy(2);
    }

    /** Keeps the hold alive while its call goes on; {@code refused} runs if it is gone and cannot be had again. */
    public void renew(Runnable refused) {
        if (!ended.get()) {
            settlements.renew(request, refused);
        }
    }

    /** The live store has said whether the credit is held. */
    void answered() {
        answered = true;
    }

    /** The call goes through though nobody knows whether anything is held; {@code whenBooked} runs once its end is. */
    void onTrust(Runnable whenBooked) {
        booked = whenBooked;
        answered = true;
    }

    /** For a request to hold that was given up: a cancel also passes by when the call itself is cancelled, long after the answer. */
    void releaseUnlessAnswered() {
        if (!answered) {
            release();
        }
    }

    /** What so much usage costs; what no amount can express costs what is held. */
    public Credits cost(TokenUsage usage) {
        try {
            return call.model().price().cost(usage);
        } catch (ArithmeticException | IllegalArgumentException _) {
            return request.total();
        }
    }

    /** Charges what the upstream reported; answers what the client will have paid, at once wherever that is certain already. */
    public Mono<Credits> settleReported(TokenUsage usage) {
        Credits cost = cost(usage);
        if (!cost.exceeds(request.total()) || call.route().overage() == Overage.DEBT) {
            settle(usage, CountedBy.UPSTREAM, Outcome.COMPLETED);
            return Mono.just(cost);
        }
        if (!ended.compareAndSet(false, true)) {
            return Mono.just(cost);
        }
        return settlements
                .endAndTell(request, settlement(cost, usage, CountedBy.UPSTREAM, Outcome.COMPLETED), booked)
                .map(result -> result instanceof EndResult.Settled settled ? settled.charged() : cost)
                .defaultIfEmpty(cost);
    }

    /** Charges the usage; the client does not wait for it. */
    public void settle(TokenUsage usage, CountedBy countedBy, Outcome outcome) {
        if (ended.compareAndSet(false, true)) {
            settlements.end(request, settlement(cost(usage), usage, countedBy, outcome), booked);
        }
    }

    /** Gives everything back: the call is not charged. */
    public void release() {
        if (ended.compareAndSet(false, true)) {
            settlements.end(
                    request,
                    new Ending.Release(detail(TokenUsage.NONE, CountedBy.GATEWAY, Outcome.UPSTREAM_FAILED)),
                    booked);
        }
    }

    /** As {@link #release()}, because the client has left before anything was asked of the upstream. */
    public void releaseAbandoned() {
        if (ended.compareAndSet(false, true)) {
            settlements.end(
                    request,
                    new Ending.Release(detail(TokenUsage.NONE, CountedBy.GATEWAY, Outcome.CLIENT_GONE)),
                    booked);
        }
    }

    private Ending settlement(Credits cost, TokenUsage usage, CountedBy countedBy, Outcome outcome) {
        return new Ending.Settle(cost, call.route().overage(), detail(usage, countedBy, outcome));
    }

    private UsageDetail detail(TokenUsage usage, CountedBy countedBy, Outcome outcome) {
        return new UsageDetail(
                call.key().id(), call.route().name(), call.request().model(), outcome, usage, countedBy);
    }
}
