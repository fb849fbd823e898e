package io.tollgate.gateway.admission;

import io.tollgate.gateway.routing.Route.LowerCap;
import io.tollgate.metering.account.Balance;
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
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * The hold of one call. Whoever ends it first decides how; every later end does nothing, so that each path of a call may end the hold without knowing of the
 * others.
 */
public final class OpenHold {

    private final MeteredCall call;
    private final Estimate estimate;
    private final Settlements settlements;
    private final AdmissionProperties bounds;
    private final @Nullable Long lowered;
    private final AtomicBoolean ended = new AtomicBoolean();
    private volatile boolean answered;
    private volatile Runnable booked = () -> {};
    private volatile HoldRequest request;
    private volatile @Nullable Credits available;
    private @Nullable Raising raising;

    OpenHold(MeteredCall call, HoldId id, Settlements settlements, AdmissionProperties bounds) {
        this(call, id, null, settlements, bounds);
    }

    private OpenHold(
            MeteredCall call, HoldId id, @Nullable Long lowered, Settlements settlements, AdmissionProperties bounds) {
        this.call = call;
        this.lowered = lowered;
        this.settlements = settlements;
        this.bounds = bounds;
        estimate = Estimate.of(call.request(), call.route(), call.model());
        request = new HoldRequest(call.key().account(), id, estimate.ceiling(), bounds.ttl());
    }

    public HoldId id() {
        return request.id();
    }

    /** With the request as it is to be sent on, its output cap lowered where the credit was too short. */
    public MeteredCall call() {
        return call;
    }

    public Estimate estimate() {
        return estimate;
    }

    /** The output cap that stands in the request because the credit is too short for more; null if it is the client's own. */
    public @Nullable Long lowered() {
        return lowered;
    }

    /** What the account has left beside this hold, as of the live store's last answer; null for a call on trust, of which it has said nothing. */
    public @Nullable Credits available() {
        return available;
    }

    /** What to ask for: the total that is held for certain, once the live store has said so. */
    HoldRequest request() {
        return request;
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

    /**
     * Tells how much output has been delivered so far, all in all, by this gateway's own count; where that comes near to what is held, the hold is raised. Nearly
     * always that is a comparison. To be called on {@code loop} only, where {@code creditGone} runs, at most once, when the stream must not go on.
     */
    public void delivered(long countedOutput, Executor loop, Runnable creditGone) {
        if (raising == null) {
            raising = new Raising(this, settlements, bounds.raiseWhenLeft());
        }
        raising.delivered(countedOutput, loop, creditGone);
    }

    boolean hasEnded() {
        return ended.get();
    }

    /** The same call under the same hold with an output cap that {@code balance} pays for; null if it may not be lowered, or would be of no use. */
    @Nullable
    OpenHold affordable(Balance balance) {
        long cap = estimate.affordableOutput(call.model().price(), balance.spendable())
                / call.request().choices();
        return mayBeLowered() && cap >= Estimate.USEFUL_OUTPUT && cap < outputPerChoice()
                ? new OpenHold(call.with(call.request().withOutputCap(cap)), id(), cap, settlements, bounds)
                : null;
    }

    boolean mayBeLowered() {
        return lowered != null
                || call.request().outputCap() == null
                || call.route().lowerCap() == LowerCap.ALSO_THE_CLIENTS;
    }

    private long outputPerChoice() {
        return estimate.outputTokens() / call.request().choices();
    }

    /** The live store holds so much. */
    void held(Credits total, Balance after) {
        request = new HoldRequest(request.account(), request.id(), total, request.ttl());
        available = after.spendable();
    }

    /** The live store has said whether the credit is held. */
    void answered() {
        answered = true;
    }

    boolean isAnswered() {
        return answered;
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
                call.key().id(),
                call.route().name(),
                call.request().model(),
                outcome,
                usage,
                countedBy,
                call.waivedCost(usage));
    }
}
