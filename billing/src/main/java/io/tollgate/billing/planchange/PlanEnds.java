package io.tollgate.billing.planchange;

import io.tollgate.billing.checkout.StripeUnavailableException;
import io.tollgate.billing.planchange.ChangeTill.Done;
import io.tollgate.billing.subscription.PlanStandings;
import io.tollgate.billing.subscription.StripeSubscription.Status;
import io.tollgate.billing.subscription.Subscriptions;
import io.tollgate.metering.account.AccountId;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Ends, keeps, pauses and resumes plans. Each request sets at Stripe how it is to be, so whoever has no answer just asks again.
 */
public final class PlanEnds {

    private final HeldPlans heldPlans;
    private final ChangeTill till;
    private final Subscriptions subscriptions;
    private final PlanStandings standings;
    private final ChangeSettings settings;
    private final InstantSource clock;

    public PlanEnds(
            HeldPlans heldPlans,
            ChangeTill till,
            Subscriptions subscriptions,
            PlanStandings standings,
            ChangeSettings settings,
            InstantSource clock) {
        this.heldPlans = heldPlans;
        this.till = till;
        this.subscriptions = subscriptions;
        this.standings = standings;
        this.settings = settings;
        this.clock = clock;
    }

    /** What is paid for is used up first. */
    public Mono<StandResult> endAtPeriodEnd(AccountId account) {
        return with(account, holding -> {
            HeldPlan held = holding.held();
            Instant cancelAt = held.seen().cancelAt();
            return cancelAt != null
                    ? refused(new Refusal.Ending(cancelAt))
                    : after(account, released(held).then(Mono.defer(() -> till.endAtPeriodEnd(held.id()))));
        });
    }

    /** At once, without money back. */
    public Mono<StandResult> endNow(AccountId account) {
        return with(account, holding -> {
            HeldPlan held = holding.held();
            return after(account, released(held).then(Mono.defer(() -> till.endNow(held.id()))));
        });
    }

    /** Takes back whatever was to come at the period's end. */
    public Mono<StandResult> keep(AccountId account) {
        return with(account, holding -> {
            HeldPlan held = holding.held();
            boolean ends = held.seen().cancelAt() != null;
            if (!ends && held.seen().next() == null) {
                return refused(new Refusal.NothingToTakeBack());
            }
            return after(
                    account,
                    released(held)
                            .then(Mono.defer(() -> ends ? till.keep(held.id()) : Mono.<Done>just(new Done.As(held)))));
        });
    }

    /**
     * Collects nothing from now on.
     *
     * @param resumesAt null to go on when told to
     */
    public Mono<StandResult> pause(AccountId account, @Nullable Instant resumesAt) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        Instant latest = now.plus(settings.longestPause());
        if (resumesAt != null && (!resumesAt.isAfter(now) || resumesAt.isAfter(latest))) {
            return refused(new Refusal.WrongResumption(now.plusSeconds(1), latest));
        }
        return with(account, holding -> {
            Refusal refusal = holding.refusal();
            return refusal == null
                    ? after(account, till.pause(holding.held().id(), settings.pauseAs(), resumesAt))
                    : refused(refusal);
        });
    }

    public Mono<StandResult> resume(AccountId account) {
        return with(account, holding -> {
            boolean paused = holding.held().seen().pausedAs() != null && !holding.is(Status.PAUSED);
            return paused ? after(account, till.resume(holding.held().id())) : refused(new Refusal.NotPaused());
        });
    }

    private Mono<StandResult> with(AccountId account, Function<Holding, Mono<StandResult>> what) {
        return heldPlans
                .of(account)
                .flatMap(what)
                .switchIfEmpty(refused(new Refusal.NoPlan()))
                .onErrorResume(StripeUnavailableException.class, _ -> refused(new Refusal.StripeUnavailable()));
    }

    private Mono<Void> released(HeldPlan held) {
        return Mono.justOrEmpty(held.schedule()).flatMap(till::release).then();
    }

    private Mono<StandResult> after(AccountId account, Mono<Done> request) {
        return request.flatMap(done -> switch (done) {
            case Done.Refused(String code) -> refused(new Refusal.StripeRefused(code));
            case Done.As(HeldPlan held) ->
                subscriptions.look(held.id()).then(standings.of(account)).map(StandResult.Done::new);
        });
    }

    private static Mono<StandResult> refused(Refusal refusal) {
        return Mono.just(new StandResult.Refused(refusal));
    }
}
