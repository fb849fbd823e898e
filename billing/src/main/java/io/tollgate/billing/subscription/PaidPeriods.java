package io.tollgate.billing.subscription;

import io.tollgate.billing.dunning.OpenBill;
import io.tollgate.billing.payment.Payment;
import io.tollgate.billing.subscription.AccountPlan.Month;
import io.tollgate.billing.subscription.StripeInvoice.Line;
import io.tollgate.billing.subscription.StripeInvoice.Reason;
import io.tollgate.billing.subscription.SubscriptionSettings.Unpriced;
import io.tollgate.metering.credit.Credits;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** Paid periods: each is paid once, and gives the allowance of the month it is in, unless a later one was given. */
final class PaidPeriods {

    private final SubscriptionSettings settings;
    private final SoldTerms sold;

    PaidPeriods(SubscriptionSettings settings, SoldTerms sold) {
        this.settings = settings;
        this.sold = sold;
    }

    void paid(Draft draft, Look look, StripeInvoice invoice) {
        SubscriptionState after = look.after();
        Line line = Look.period(invoice, after.item().id());
        InvoiceState was = look.present().invoice();
        boolean booked = was != null && was.paidAt() != null;
        if (booked || line == null || !isForPeriod(invoice) || isTrial(invoice, line, after)) {
            return;
        }
        Instant paidAt = invoice.paidAt() == null ? look.now() : invoice.paidAt();
        draft.invoice(new InvoiceState(
                invoice.id(),
                after.id(),
                line.periodStart(),
                was == null ? null : was.failedAt(),
                was == null ? null : was.graceUntil(),
                paidAt,
                null,
                invoice.hostedUrl()));
        if (was != null && was.failedAt() != null) {
            recover(draft, look, invoice);
        }
        Credits given = give(draft, look, invoice, line, paidAt);
        draft.payment(new Payment(
                invoice.id(),
                after.account(),
                Payment.Kind.PLAN,
                title(sold.of(line, after), line),
                invoice.paid(),
                given,
                invoice.paid().minor() == 0 ? null : invoice.paymentIntent(),
                invoice.id(),
                null,
                null,
                paidAt));
    }

    private Credits give(Draft draft, Look look, StripeInvoice invoice, Line line, Instant paidAt) {
        SubscriptionState after = look.after();
        Months.Span period = new Months.Span(line.periodStart(), line.periodEnd());
        Months.Span month = Months.within(after.anchor(), period, look.now());
        PlanTerms terms = sold.of(line, after);
        boolean withheld = invoice.totalMinor() <= 0 && settings.unpriced() == Unpriced.WITHHOLD;
        if (withheld
                || terms.allowance().isZero()
                || !isHad(draft.plan(), after)
                || !isLater(draft.plan().month(), after, month.start())
                || endedSince(after, paidAt)
                || !month.end().plus(settings.tail(terms.grace())).isAfter(look.now())) {
            return Credits.ZERO;
        }
        Month before = draft.plan().month();
        Credits rollover =
                before != null && before.key().startsWith(itemPrefix(after)) ? terms.rollover() : Credits.ZERO;
        draft.give(month(after, terms, month, line.periodEnd()), rollover, settings, terms);
        if (draft.plan().freePlan() != null) {
            draft.plan(draft.plan().dueAt(month.end()));
        }
        return terms.allowance();
    }

    // Who pays for a plan that was lost has the month that was paid, also where the free plan has followed: it goes on
    // after that.
    private static boolean isHad(AccountPlan plan, SubscriptionState after) {
        return after.id().equals(plan.subscription()) || (after.hasEnded() && plan.freePlan() != null);
    }

    static Month month(SubscriptionState after, PlanTerms terms, Months.Span month, Instant paidUntil) {
        return Month.whole(
                itemPrefix(after) + month.start().getEpochSecond(),
                terms.allowance(),
                month.start(),
                month.end(),
                paidUntil);
    }

    /** Of the subscription's months, only a later one takes the place of another. */
    static boolean isLater(@Nullable Month before, SubscriptionState after, Instant start) {
        return before == null || !before.key().startsWith(Look.prefix(after.id())) || start.isAfter(before.start());
    }

    static boolean isForPeriod(StripeInvoice invoice) {
        return invoice.reason() == Reason.SUBSCRIPTION_CREATE || invoice.reason() == Reason.SUBSCRIPTION_CYCLE;
    }

    static String itemPrefix(SubscriptionState after) {
        return Look.prefix(after.id()) + after.item().id() + "/";
    }

    private static boolean isTrial(StripeInvoice invoice, Line line, SubscriptionState after) {
        Instant trialEnd = after.trialEnd();
        return invoice.totalMinor() == 0
                && trialEnd != null
                && !line.periodEnd().isAfter(trialEnd);
    }

    // What was paid before the plan was ended has ended with it, also where we learn of both in the other order.
    static boolean endedSince(SubscriptionState after, Instant paidAt) {
        Instant endedAt = after.endedAt();
        return endedAt != null && !paidAt.isAfter(endedAt);
    }

    private static void recover(Draft draft, Look look, StripeInvoice invoice) {
        SubscriptionState after = look.after();
        draft.tell(new OpenBill(
                        after.account(),
                        after.id(),
                        after.terms().name(),
                        invoice.id(),
                        invoice.paid(),
                        invoice.attempts(),
                        null,
                        invoice.hostedUrl(),
                        null)
                .recovered());
        draft.note("payment_recovered");
    }

    private static String title(PlanTerms terms, Line line) {
        return terms.name() + ", " + day(line.periodStart()) + " to " + day(line.periodEnd());
    }

    private static LocalDate day(Instant instant) {
        return LocalDate.ofInstant(instant, ZoneOffset.UTC);
    }
}
