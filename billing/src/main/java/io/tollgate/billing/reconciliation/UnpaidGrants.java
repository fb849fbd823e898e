package io.tollgate.billing.reconciliation;

import io.tollgate.billing.reconciliation.BookedGrants.PaidGrant;
import io.tollgate.billing.reconciliation.Finding.Kind;
import io.tollgate.billing.reconciliation.Takings.Taken;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Credit that was given as paid for, and whether it was. What was given without money is only told: whether to take it back is for
 * somebody to decide.
 */
public final class UnpaidGrants implements Comparison {

    private final BookedGrants grants;
    private final Takings takings;

    public UnpaidGrants(BookedGrants grants, Takings takings) {
        this.grants = grants;
        this.takings = takings;
    }

    @Override
    public String name() {
        return "grants";
    }

    @Override
    public Mono<Page> look(Period period, @Nullable String place) {
        return grants.page(period, place)
                .flatMap(page -> Flux.fromIterable(page.objects())
                        .concatMap(this::compare)
                        .collectList()
                        .map(findings -> Page.of(page, findings)));
    }

    private Mono<Finding> compare(PaidGrant grant) {
        if (grant.payment() == null) {
            return Mono.just(about(Kind.GRANT_WITHOUT_PAYMENT, grant, "there is no payment for it")
                    .relatedTo(grant.causeId()));
        }
        return taken(grant)
                .map(taken -> found(grant, taken))
                .defaultIfEmpty(Found.of(unpaid(grant, "Stripe knows nothing of its payment")))
                .mapNotNull(Found::finding);
    }

    /** Nothing, or a finding. */
    private record Found(@Nullable Finding finding) {
        static Found of(@Nullable Finding finding) {
            return new Found(finding);
        }
    }

    private Mono<Taken> taken(PaidGrant grant) {
        if (grant.intent() != null) {
            return takings.byIntent(grant.intent());
        }
        if (grant.session() != null) {
            return takings.bySession(grant.session());
        }
        return grant.invoice() == null ? Mono.empty() : takings.byInvoice(grant.invoice());
    }

    private static Found found(PaidGrant grant, Taken taken) {
        if (!taken.settled()) {
            return Found.of(unpaid(grant, "Stripe has not got the money"));
        }
        Long paid = grant.paidMinor();
        boolean agree = paid != null
                && paid == taken.minor()
                && (taken.minor() == 0 || taken.currency().equals(grant.currency()));
        return Found.of(
                agree
                        ? null
                        : about(Kind.AMOUNT_DIFFERS, grant, "booked in " + grant.currency())
                                .amounting(taken.currency(), taken.minor(), paid));
    }

    private static Finding unpaid(PaidGrant grant, String why) {
        return about(Kind.GRANT_UNPAID, grant, why);
    }

    private static Finding about(Kind kind, PaidGrant grant, String detail) {
        String related =
                grant.intent() != null ? grant.intent() : grant.session() != null ? grant.session() : grant.invoice();
        Finding finding = Finding.of(kind, "grant:" + grant.number(), detail)
                .relatedTo(related)
                .ofAccount(grant.account());
        return grant.currency() == null ? finding : finding.amounting(grant.currency(), null, grant.paidMinor());
    }
}
