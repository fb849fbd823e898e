package io.tollgate.billing.subscription;

import io.tollgate.billing.catalog.Interval;
import io.tollgate.billing.payment.Payment;
import io.tollgate.billing.subscription.StripeInvoice.Line;
import io.tollgate.billing.subscription.StripeInvoice.Reason;
import io.tollgate.billing.subscription.StripeSubscription.Item;
import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.credit.Credits;
import java.time.Instant;
import reactor.core.publisher.Mono;

/** What a change of plan would give once it is paid: worked out as it then will be, and written down nowhere. */
public final class PlanForecast {

    /** No price of Stripe's. */
    private static final String PREVIEWED = "previewed";

    private final PlanBook book;
    private final PlanRules rules;

    public PlanForecast(PlanBook book, PlanRules rules) {
        this.book = book;
        this.rules = rules;
    }

    /** With {@code seen} as it is before the change, and the invoice that Stripe would make of it. */
    public Mono<Credits> credits(
            AccountId account, StripeSubscription seen, PlanTerms terms, StripeInvoice invoice, Interval interval) {
        Line period = Look.period(invoice, seen.item().id());
        Item before = seen.item();
        Instant start = period == null ? before.periodStart() : period.periodStart();
        Instant end = period == null ? before.periodEnd() : period.periodEnd();
        Item item = new Item(before.id(), PREVIEWED, terms.plan(), interval, start, end);
        StripeSubscription changed = seen.with(item, period == null ? seen.anchor() : start);
        return book.present(account)
                .mapNotNull(present ->
                        rules.looked(present, changed, terms, paid(invoice)).payment())
                .map(Payment::credits)
                .defaultIfEmpty(Credits.ZERO);
    }

    private static StripeInvoice paid(StripeInvoice invoice) {
        return new StripeInvoice(
                invoice.id(),
                invoice.subscription(),
                Reason.SUBSCRIPTION_UPDATE,
                StripeInvoice.Status.PAID,
                invoice.totalMinor(),
                invoice.paid(),
                0,
                null,
                invoice.lines(),
                null,
                null,
                null);
    }
}
