package io.tollgate.billing.subscription;

import io.tollgate.billing.payment.Payment;
import io.tollgate.billing.subscription.AccountPlan.Month;
import io.tollgate.billing.subscription.StripeInvoice.Line;
import io.tollgate.billing.subscription.StripeInvoice.Reason;
import io.tollgate.metering.credit.Credits;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Paid changes of plan: each gives, once, what the month is worth more by it.
 *
 * <p>What a month is worth follows the lines of the invoices: a line that takes time back takes what its plan gives for that time, a
 * line that charges for time adds it. A month never gives back what it gave, so going down and up again gives only what lies beyond
 * the best that was given before, and nobody gets more for a month than the best of its plans gives. A change of interval begins a
 * new month, which counts what the broken-off one gave for the time that had not passed.
 *
 * <p>It needs the changes of a month in their order: {@link Subscriptions} sees to that.
 */
final class PaidChanges {

    private final SubscriptionSettings settings;
    private final SoldTerms sold;

    PaidChanges(SubscriptionSettings settings, SoldTerms sold) {
        this.settings = settings;
        this.sold = sold;
    }

    /** What a change comes to: the month as it then is, and what is to be given for it. */
    private record Worth(Month month, Credits give, Credits rollover) {}

    void paid(Draft draft, Look look, StripeInvoice invoice) {
        InvoiceState was = look.present().invoice();
        boolean booked = was != null && was.paidAt() != null;
        if (booked
                || invoice.reason() != Reason.SUBSCRIPTION_UPDATE
                || invoice.lines().isEmpty()) {
            return;
        }
        SubscriptionState after = look.after();
        Line last = invoice.lines().getLast();
        Instant paidAt = invoice.paidAt() == null ? look.now() : invoice.paidAt();
        draft.invoice(new InvoiceState(
                invoice.id(), after.id(), last.periodStart(), null, null, paidAt, null, invoice.hostedUrl()));
        Credits given = give(draft, look, invoice, paidAt);
        if (invoice.paid().minor() > 0 || !given.isZero()) {
            draft.payment(new Payment(
                    invoice.id(),
                    after.account(),
                    Payment.Kind.PLAN_CHANGE,
                    "Change to " + sold.of(last, after).name(),
                    invoice.paid(),
                    given,
                    invoice.paid().minor() == 0 ? null : invoice.paymentIntent(),
                    invoice.id(),
                    null,
                    null,
                    paidAt));
        }
    }

    private Credits give(Draft draft, Look look, StripeInvoice invoice, Instant paidAt) {
        SubscriptionState after = look.after();
        if (!after.id().equals(draft.plan().subscription()) || PaidPeriods.endedSince(after, paidAt)) {
            return Credits.ZERO;
        }
        Line period = Look.period(invoice, after.item().id());
        Month before = ownMonth(draft.plan().month(), after);
        Worth worth = period == null ? raised(before, look, invoice) : begun(before, look, invoice, period);
        if (worth == null) {
            return Credits.ZERO;
        }
        PlanTerms terms = after.terms();
        boolean isOver = !worth.month().end().plus(settings.tail(terms.grace())).isAfter(look.now());
        if (worth.give().isZero() || isOver) {
            draft.plan(draft.plan().given(worth.month(), draft.plan().nextAt()));
            return Credits.ZERO;
        }
        String cause = Look.prefix(after.id()) + "change/" + invoice.id();
        draft.give(worth.month(), new Draft.Given(cause, worth.give(), worth.rollover()), settings, terms);
        return worth.give();
    }

    /** The month whose time the plans of this subscription share; null in a trial, or if nothing was given yet. */
    private static @Nullable Month ownMonth(@Nullable Month month, SubscriptionState after) {
        return month != null && month.key().startsWith(PaidPeriods.itemPrefix(after)) ? month : null;
    }

    private @Nullable Worth raised(@Nullable Month given, Look look, StripeInvoice invoice) {
        if (given == null) {
            return null;
        }
        SubscriptionState after = look.after();
        Month month = monthOf(given, invoice, after);
        Credits best = best(invoice, after);
        Credits worth = worth(month, invoice.lines(), after).min(larger(month.credits(), best));
        Credits credits = larger(month.credits(), worth);
        return new Worth(
                new Month(month.key(), credits, worth, month.start(), month.end(), month.paidUntil()),
                credits.minus(month.credits()),
                month.equals(given) ? Credits.MAX : after.terms().rollover());
    }

    // Of a paid year, the month of the change may not have been given yet: then it is given as it is after the change.
    private Month monthOf(Month given, StripeInvoice invoice, SubscriptionState after) {
        Line line = invoice.lines().stream()
                .filter(each -> each.kind() == Line.Kind.PRORATION)
                .min(Comparator.comparingLong(Line::amountMinor))
                .orElse(null);
        if (line == null
                || line.periodStart().isBefore(given.end())
                || !line.periodStart().isBefore(given.paidUntil())) {
            return given;
        }
        Months.Span span =
                Months.within(after.anchor(), new Months.Span(given.start(), given.paidUntil()), line.periodStart());
        String key = PaidPeriods.itemPrefix(after) + span.start().getEpochSecond();
        Credits worth = sold.of(line, after).allowance();
        return new Month(key, Credits.ZERO, worth, span.start(), span.end(), given.paidUntil());
    }

    // The least that can be given still lets what is left live as long as the new month.
    private @Nullable Worth begun(@Nullable Month before, Look look, StripeInvoice invoice, Line period) {
        SubscriptionState after = look.after();
        if (!PaidPeriods.isLater(look.present().plan().month(), after, period.periodStart())) {
            return null;
        }
        Credits allowance = sold.of(period, after).allowance();
        Months.Span span =
                Months.within(after.anchor(), new Months.Span(period.periodStart(), period.periodEnd()), look.now());
        boolean follows = before != null
                && span.start().equals(period.periodStart())
                && span.start().isBefore(before.end());
        Credits carried = before != null && follows ? carried(before, invoice, span.start(), after) : Credits.ZERO;
        Credits give =
                allowance.exceeds(carried) ? allowance.minus(carried) : Credits.ofMicros(allowance.isZero() ? 0 : 1);
        String key = PaidPeriods.itemPrefix(after) + span.start().getEpochSecond();
        return new Worth(
                new Month(key, carried.plus(give), allowance, span.start(), span.end(), period.periodEnd()),
                give,
                follows
                        ? Credits.MAX
                        : before == null ? Credits.ZERO : after.terms().rollover());
    }

    /** What the month that is broken off at {@code at} gave for the time after. */
    private Credits carried(Month month, StripeInvoice invoice, Instant at, SubscriptionState after) {
        List<Line> prorations = invoice.lines().stream()
                .filter(line -> line.kind() == Line.Kind.PRORATION)
                .toList();
        if (prorations.isEmpty()) {
            BigInteger left = share(month.credits().micros(), at, month);
            return Credits.ofMicros(Math.min(month.credits().micros(), left.longValueExact() + 1));
        }
        Credits passed = worth(month, prorations, after).min(month.credits());
        return month.credits().minus(passed);
    }

    private Credits worth(Month month, List<Line> lines, SubscriptionState after) {
        Map<Instant, Long> changes = new TreeMap<>();
        for (Line line : lines) {
            boolean inMonth = !line.periodStart().isBefore(month.start())
                    && line.periodStart().isBefore(month.end());
            if (line.kind() == Line.Kind.PRORATION && inMonth && line.amountMinor() != 0) {
                long allowance = sold.of(line, after).allowance().micros();
                changes.merge(line.periodStart(), line.amountMinor() > 0 ? allowance : -allowance, Long::sum);
            }
        }
        long worth = month.worth().micros();
        for (Map.Entry<Instant, Long> change : changes.entrySet()) {
            worth += share(change.getValue(), change.getKey(), month).longValueExact();
        }
        return Credits.ofMicros(Math.max(0, worth));
    }

    /** What an allowance comes to for the rest of the month, rounded down. */
    private static BigInteger share(long micros, Instant from, Month month) {
        BigInteger left = BigInteger.valueOf(month.end().getEpochSecond() - from.getEpochSecond());
        BigInteger length =
                BigInteger.valueOf(month.end().getEpochSecond() - month.start().getEpochSecond());
        BigInteger[] parts = BigInteger.valueOf(micros).multiply(left).divideAndRemainder(length);
        return parts[1].signum() < 0 ? parts[0].subtract(BigInteger.ONE) : parts[0];
    }

    private Credits best(StripeInvoice invoice, SubscriptionState after) {
        return invoice.lines().stream()
                .filter(line -> line.amountMinor() > 0)
                .map(line -> sold.of(line, after).allowance())
                .reduce(Credits.ZERO, PaidChanges::larger);
    }

    private static Credits larger(Credits one, Credits other) {
        return one.exceeds(other) ? one : other;
    }
}
