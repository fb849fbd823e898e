package io.tollgate.billing.planchange;

import io.tollgate.billing.checkout.StripeUnavailableException;
import io.tollgate.billing.planchange.ChangeTill.Done;
import io.tollgate.billing.subscription.Subscriptions;
import reactor.core.publisher.Mono;

/** Has Stripe make a change that is in the book. */
public final class Execution {

    private final ChangeTill till;
    private final Settlement settlement;
    private final Subscriptions subscriptions;

    public Execution(ChangeTill till, Settlement settlement, Subscriptions subscriptions) {
        this.till = till;
        this.settlement = settlement;
        this.subscriptions = subscriptions;
    }

    /** Makes the change if the plan is still what it was when the change was worked out. */
    Mono<ChangeResult> carryOut(AskedChange asked, Proposal proposal, Preview preview) {
        return till.held(asked.subscription())
                .filter(held -> isUnchanged(proposal.held(), held))
                .flatMap(held -> ask(asked, proposal, held, preview))
                .switchIfEmpty(Mono.defer(() -> settlement.overtaken(asked)))
                .onErrorResume(StripeUnavailableException.class, _ -> Mono.just(new ChangeResult.Undecided()));
    }

    // Somebody may have changed it after it was looked at and before this change was the only one under way.
    private static boolean isUnchanged(HeldPlan before, HeldPlan now) {
        return now.waitsUntil() == null
                && now.seen().item().equals(before.seen().item())
                && now.seen().status() == before.seen().status();
    }

    // From here on only a look at Stripe can say what became of a request without an answer.
    private Mono<ChangeResult> ask(AskedChange asked, Proposal proposal, HeldPlan held, Preview preview) {
        return released(held)
                .then(Mono.defer(() -> ask(asked, proposal)))
                .flatMap(done -> settlement.done(asked, done, preview));
    }

    /** Takes back what was to come at the period's end. */
    Mono<ChangeResult> keep(HeldPlan held) {
        return released(held).then(subscriptions.look(held.id())).thenReturn(new ChangeResult.Kept());
    }

    private Mono<Void> released(HeldPlan held) {
        return Mono.justOrEmpty(held.schedule()).flatMap(till::release).then();
    }

    private Mono<Done> ask(AskedChange asked, Proposal proposal) {
        if (proposal.price() == null) {
            return till.endAtPeriodEnd(proposal.held().id());
        }
        return proposal.kind().isAtOnce()
                ? till.change(proposal, asked.idempotencyKey())
                : till.schedule(proposal, asked.idempotencyKey());
    }
}
