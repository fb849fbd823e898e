package io.tollgate.billing.subscription.postgres;

import static java.util.Objects.requireNonNull;

import io.r2dbc.spi.Readable;
import io.tollgate.billing.catalog.Interval;
import io.tollgate.billing.subscription.AccountPlan;
import io.tollgate.billing.subscription.InvoiceState;
import io.tollgate.billing.subscription.PlanTerms;
import io.tollgate.billing.subscription.StripeSubscription.Item;
import io.tollgate.billing.subscription.StripeSubscription.Status;
import io.tollgate.billing.subscription.SubscriptionState;
import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.credit.Credits;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Rows as values. */
final class PlanRows {

    private PlanRows() {}

    static AccountPlan plan(Readable row) {
        return new AccountPlan(
                account(row),
                row.get("subscription", String.class),
                row.get("free_plan", String.class),
                month(row),
                row.get("next_at", Instant.class),
                row.get("lives_until", Instant.class),
                grace(row),
                row.get("free_since", Instant.class),
                row.get("trial", String.class));
    }

    static SubscriptionState subscription(Readable row) {
        return new SubscriptionState(
                text(row, "id"),
                account(row),
                number(row, "version"),
                Status.valueOf(text(row, "status")),
                terms(row),
                new Item(
                        text(row, "item"),
                        text(row, "price"),
                        null,
                        Interval.valueOf(text(row, "billing_interval")),
                        instant(row, "period_start"),
                        instant(row, "period_end")),
                instant(row, "anchor"),
                instant(row, "started_at"),
                row.get("trial_end", Instant.class),
                row.get("cancel_at", Instant.class),
                row.get("ended_at", Instant.class),
                row.get("paused_as", String.class),
                row.get("resumes_at", Instant.class),
                row.get("latest_invoice", String.class),
                pending(row));
    }

    static PlanTerms terms(Readable row) {
        return new PlanTerms(
                text(row, "plan"),
                text(row, "plan_name"),
                credits(row, "allowance_micros"),
                credits(row, "trial_micros"),
                credits(row, "rollover_micros"),
                Duration.ofSeconds(number(row, "grace_seconds")));
    }

    static InvoiceState invoice(Readable row) {
        return new InvoiceState(
                text(row, "invoice"),
                text(row, "subscription"),
                instant(row, "period_start"),
                row.get("failed_at", Instant.class),
                row.get("grace_until", Instant.class),
                row.get("paid_at", Instant.class),
                row.get("closed_at", Instant.class),
                row.get("hosted_url", String.class));
    }

    static AccountId account(Readable row) {
        return new AccountId(text(row, "account"));
    }

    static long number(Readable row, String column) {
        return requireNonNull(row.get(column, Long.class));
    }

    private static AccountPlan.@Nullable Month month(Readable row) {
        String key = row.get("allowance_key", String.class);
        return key == null
                ? null
                : new AccountPlan.Month(
                        key,
                        credits(row, "allowance_micros"),
                        credits(row, "worth_micros"),
                        instant(row, "month_start"),
                        instant(row, "month_end"),
                        instant(row, "paid_until"));
    }

    private static AccountPlan.@Nullable Grace grace(Readable row) {
        String invoice = row.get("grace_invoice", String.class);
        return invoice == null ? null : new AccountPlan.Grace(invoice, instant(row, "grace_until"));
    }

    private static SubscriptionState.@Nullable PendingChange pending(Readable row) {
        String plan = row.get("pending_plan", String.class);
        return plan == null
                ? null
                : new SubscriptionState.PendingChange(
                        plan, Interval.valueOf(text(row, "pending_interval")), instant(row, "pending_at"));
    }

    private static Credits credits(Readable row, String column) {
        return Credits.ofMicros(number(row, column));
    }

    private static Instant instant(Readable row, String column) {
        return requireNonNull(row.get(column, Instant.class));
    }

    private static String text(Readable row, String column) {
        return requireNonNull(row.get(column, String.class));
    }
}
