package io.tollgate.billing.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.billing.catalog.Interval;
import io.tollgate.billing.notice.Notice;
import io.tollgate.billing.subscription.Present.TrialCard;
import io.tollgate.billing.subscription.StripeInvoice.Line;
import io.tollgate.billing.subscription.StripeInvoice.Reason;
import io.tollgate.billing.subscription.StripeSubscription.Status;
import io.tollgate.billing.subscription.SubscriptionSettings.AfterPlan;
import io.tollgate.billing.subscription.SubscriptionSettings.AtEnd;
import io.tollgate.billing.subscription.SubscriptionSettings.Unpriced;
import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.credit.Credits;
import io.tollgate.metering.ledger.Money;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FailedPeriodsTest {

    private static final AccountId ACCOUNT = new AccountId("acct_1");
    private static final Instant START = Instant.parse("2026-11-01T00:00:00Z");
    private static final Instant END = Instant.parse("2026-12-01T00:00:00Z");
    private static final PlanTerms TERMS =
            new PlanTerms("pro", "Pro", Credits.of(250), Credits.ZERO, Credits.ZERO, Duration.ofDays(1));
    private static final FailedPeriods FAILED = new FailedPeriods(new SubscriptionSettings(
            Duration.ofHours(3),
            Duration.ofDays(1),
            5,
            Duration.ofDays(3),
            Unpriced.GIVE,
            AtEnd.END_ALLOWANCE,
            AfterPlan.NOTHING));

    private static StripeSubscription subscription(Status status) {
        return new StripeSubscription(
                "sub_1",
                ACCOUNT,
                "pro",
                "cus_1",
                status,
                new StripeSubscription.Item("si_1", "price_1", "pro", Interval.MONTH, START, END),
                START,
                START,
                null,
                null,
                null,
                null,
                null,
                null,
                "in_1",
                null,
                null);
    }

    private static StripeInvoice failed(Reason reason) {
        return new StripeInvoice(
                "in_1",
                "sub_1",
                reason,
                StripeInvoice.Status.OPEN,
                500,
                new Money(0, "usd"),
                1,
                null,
                List.of(new Line("si_1", "price_1", "pro", Line.Kind.PERIOD, 500, START, END)),
                "pi_1",
                "insufficient_funds",
                null);
    }

    private static Change looked(Status status, Reason reason, @Nullable InvoiceState before) {
        AccountPlan plan = AccountPlan.none(ACCOUNT).on("sub_1");
        Present present = new Present(plan, null, null, before, List.of(), TrialCard.FREE);
        StripeInvoice invoice = failed(reason);
        Look look =
                Look.of(present, subscription(status), new Look.Resolved(TERMS, null), invoice, START.plusSeconds(60));
        Draft draft = new Draft(plan);
        FAILED.unpaid(draft, look, invoice);
        return draft.change();
    }

    @Test
    void areToldOfWhereTheFirstPaymentFailedAfterThePlanHadBegun() {
        Change change = looked(Status.ACTIVE, Reason.SUBSCRIPTION_CREATE, null);

        assertThat(change.notices()).extracting(Notice::kind).containsExactly(Notice.Kind.PAYMENT_FAILED);
        assertThat(change.invoice()).isNull();
    }

    @Test
    void areNotToldOfWhereTheBuyerIsThereToSeeIt() {
        assertThat(looked(Status.INCOMPLETE, Reason.SUBSCRIPTION_CREATE, null).notices())
                .isEmpty();
    }

    @Test
    void startNoGraceForALookThatIsOlderThanTheInvoicesEnd() {
        InvoiceState closed = new InvoiceState("in_1", "sub_1", START, null, null, null, START, null);

        Change change = looked(Status.ACTIVE, Reason.SUBSCRIPTION_CYCLE, closed);

        assertThat(change.plan().grace()).isNull();
        assertThat(change.invoice()).isNull();
        assertThat(change.notices()).isEmpty();
    }
}
