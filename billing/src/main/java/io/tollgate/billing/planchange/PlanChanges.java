package io.tollgate.billing.planchange;

import io.tollgate.billing.checkout.StripeUnavailableException;
import io.tollgate.billing.planchange.AskedChange.State;
import io.tollgate.metering.account.AccountId;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Changes the plan that an account has, for what was previewed or not at all. */
public final class PlanChanges {

    private final ProposalDesk proposals;
    private final PreviewDesk previews;
    private final ChangeBook book;
    private final Execution execution;
    private final ChangeSettings settings;
    private final InstantSource clock;

    public PlanChanges(
            ProposalDesk proposals,
            PreviewDesk previews,
            ChangeBook book,
            Execution execution,
            ChangeSettings settings,
            InstantSource clock) {
        this.proposals = proposals;
        this.previews = previews;
        this.book = book;
        this.execution = execution;
        this.settings = settings;
        this.clock = clock;
    }

    /** Says what the change would come to and does nothing. */
    public Mono<ChangeResult> preview(AccountId account, Wish wish) {
        return preview(account, wish, now()).onErrorResume(StripeUnavailableException.class, _ -> unavailable());
    }

    /**
     * Makes the change.
     *
     * @param stamp what was shown; null to take it for whatever it comes to
     */
    public Mono<ChangeResult> change(AccountId account, Wish wish, @Nullable Stamp stamp) {
        return book.underWay(account)
                .<ChangeResult>map(other -> new ChangeResult.Refused(inTheWay(other)))
                .switchIfEmpty(Mono.defer(() -> isStale(stamp) ? stale(account, wish) : propose(account, wish, stamp)))
                .onErrorResume(StripeUnavailableException.class, _ -> unavailable());
    }

    private Mono<ChangeResult> preview(AccountId account, Wish wish, Instant at) {
        return proposals.propose(account, wish, at).flatMap(proposed -> switch (proposed) {
            case Proposed.Not(Refusal refusal) -> Mono.just(new ChangeResult.Refused(refusal));
            case Proposed.TakenBack _ -> Mono.just(new ChangeResult.Kept());
            case Proposed.Possible(Proposal proposal, var terms) -> previews.preview(account, proposal, terms);
        });
    }

    private boolean isStale(@Nullable Stamp stamp) {
        return stamp != null
                && (stamp.proratedAt().isAfter(now())
                        || stamp.proratedAt().plus(settings.previewValidity()).isBefore(now()));
    }

    private Mono<ChangeResult> stale(AccountId account, Wish wish) {
        return preview(account, wish, now())
                .map(result -> result instanceof ChangeResult.Previewed(Preview preview)
                        ? new ChangeResult.Refused(new Refusal.Stale(preview))
                        : result);
    }

    private Mono<ChangeResult> propose(AccountId account, Wish wish, @Nullable Stamp stamp) {
        Instant at = stamp == null ? now() : stamp.proratedAt();
        return proposals.propose(account, wish, at).flatMap(proposed -> switch (proposed) {
            case Proposed.Not(Refusal refusal) -> Mono.just(new ChangeResult.Refused(refusal));
            case Proposed.TakenBack(HeldPlan held) -> execution.keep(held);
            case Proposed.Possible(Proposal proposal, var terms) ->
                previews.preview(account, proposal, terms)
                        .flatMap(result -> result instanceof ChangeResult.Previewed(Preview preview)
                                ? confirmed(account, wish, stamp, proposal, preview)
                                : Mono.just(result));
        });
    }

    private Mono<ChangeResult> confirmed(
            AccountId account, Wish wish, @Nullable Stamp stamp, Proposal proposal, Preview preview) {
        return stamp == null || stamp.equals(preview.stamp()) ? make(account, proposal, preview) : stale(account, wish);
    }

    private Mono<ChangeResult> make(AccountId account, Proposal proposal, Preview preview) {
        AskedChange asked = new AskedChange(
                UUID.randomUUID().toString(),
                account,
                proposal.held().id(),
                proposal.kind(),
                State.OPEN,
                preview.plan(),
                preview.interval(),
                preview.proratedAt(),
                preview.charge(),
                null);
        return book.open(asked, now().plus(settings.settleAfter()))
                .flatMap(underWay -> underWay.id().equals(asked.id())
                        ? execution.carryOut(asked, proposal, preview)
                        : Mono.just(new ChangeResult.Refused(inTheWay(underWay))));
    }

    private static Refusal inTheWay(AskedChange other) {
        return other.state() == State.AWAITING_PAYMENT
                ? new Refusal.AwaitsPayment(other.paymentUrl())
                : new Refusal.UnderWay();
    }

    // Stripe counts in seconds.
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS);
    }

    private static Mono<ChangeResult> unavailable() {
        return Mono.just(new ChangeResult.Refused(new Refusal.StripeUnavailable()));
    }
}
