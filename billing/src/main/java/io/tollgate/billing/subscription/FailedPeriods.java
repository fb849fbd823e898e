package io.tollgate.billing.subscription;

import io.tollgate.billing.dunning.OpenBill;
import io.tollgate.billing.subscription.AccountPlan.Grace;
import io.tollgate.billing.subscription.StripeInvoice.Line;
import io.tollgate.billing.subscription.StripeInvoice.Reason;
import io.tollgate.billing.subscription.StripeSubscription.Status;
import io.tollgate.metering.ledger.Money;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Periods that are not paid: the first failure begins the grace, further ones change nothing but what is told. */
final class FailedPeriods {

    private final SubscriptionSettings settings;

    FailedPeriods(SubscriptionSettings settings) {
        this.settings = settings;
    }

    void unpaid(Draft draft, Look look, StripeInvoice invoice) {
        InvoiceState was = look.present().invoice();
        if (was != null && was.paidAt() != null) {
            return;
        }
        switch (invoice.status()) {
            case OPEN -> open(draft, look, invoice, was);
            case VOID, UNCOLLECTIBLE -> close(draft, look, was);
            case DRAFT, PAID -> {}
        }
    }

    // Who fails at the first payment is there to see it, unless the bank took days to say so and the plan has begun.
    private void open(Draft draft, Look look, StripeInvoice invoice, @Nullable InvoiceState was) {
        Line line = Look.period(invoice, look.after().item().id());
        boolean hasFailed = invoice.attempts() > 0 && invoice.failure() != null;
        if (!hasFailed
                || (invoice.reason() == Reason.SUBSCRIPTION_CREATE
                        && look.after().status() == Status.INCOMPLETE)
                || look.after().hasEnded()
                || (was != null && was.closedAt() != null)) {
            return;
        }
        InvoiceState state = was;
        if (line != null && invoice.reason() == Reason.SUBSCRIPTION_CYCLE) {
            state = was != null && was.failedAt() != null ? was : firstFailure(draft, look, invoice, line);
            draft.invoice(state);
        }
        if (invoice.attempts() <= settings.failureNotices()) {
            draft.tell(bill(look, invoice, state).failed());
        }
    }

    private InvoiceState firstFailure(Draft draft, Look look, StripeInvoice invoice, Line line) {
        SubscriptionState after = look.after();
        Instant until = look.now().plus(after.terms().grace());
        boolean atStake = after.id().equals(draft.plan().subscription())
                && PaidPeriods.isLater(draft.plan().month(), after, line.periodStart());
        if (atStake && draft.plan().grace() == null) {
            draft.plan(draft.plan().inGrace(new Grace(invoice.id(), until)).livingUntil(until));
            draft.note("grace_started");
        }
        return new InvoiceState(
                invoice.id(),
                after.id(),
                line.periodStart(),
                look.now(),
                atStake ? until : null,
                null,
                null,
                invoice.hostedUrl());
    }

    private static OpenBill bill(Look look, StripeInvoice invoice, @Nullable InvoiceState state) {
        SubscriptionState after = look.after();
        return new OpenBill(
                after.account(),
                after.id(),
                after.terms().name(),
                invoice.id(),
                new Money(Math.max(0, invoice.totalMinor()), invoice.paid().currency()),
                invoice.attempts(),
                invoice.failure(),
                invoice.hostedUrl(),
                state == null ? null : state.graceUntil());
    }

    private static void close(Draft draft, Look look, @Nullable InvoiceState was) {
        if (was != null && was.closedAt() == null) {
            draft.invoice(new InvoiceState(
                    was.invoice(),
                    was.subscription(),
                    was.periodStart(),
                    was.failedAt(),
                    was.graceUntil(),
                    null,
                    look.now(),
                    was.hostedUrl()));
        }
    }
}
