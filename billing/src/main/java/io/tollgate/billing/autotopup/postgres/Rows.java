package io.tollgate.billing.autotopup.postgres;

import static java.util.Objects.requireNonNull;

import io.r2dbc.spi.Parameter;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.R2dbcType;
import io.r2dbc.spi.Readable;
import io.tollgate.billing.autotopup.Attempt;
import io.tollgate.billing.autotopup.AttemptState;
import io.tollgate.billing.autotopup.AutoTopUp;
import io.tollgate.billing.autotopup.Card;
import io.tollgate.billing.autotopup.Standing;
import io.tollgate.billing.autotopup.Trigger;
import io.tollgate.billing.catalog.Choice;
import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.credit.Credits;
import io.tollgate.metering.ledger.Money;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Rows as values. */
final class Rows {

    private Rows() {}

    static Attempt attempt(Readable row) {
        return new Attempt(
                text(row, "id"),
                new AccountId(text(row, "account")),
                AttemptState.valueOf(text(row, "state")),
                Trigger.valueOf(text(row, "trigger")),
                text(row, "title"),
                Credits.ofMicros(number(row, "credits_micros")),
                new Money(number(row, "price_minor"), text(row, "currency")),
                text(row, "customer_id"),
                new Card(text(row, "payment_method"), text(row, "fingerprint"), null, null),
                row.get("payment_intent", String.class),
                requireNonNull(row.get("started_at", Instant.class)),
                requireNonNull(row.get("expires_at", Instant.class)));
    }

    static Standing standing(Readable row) {
        String open = row.get("open_state", String.class);
        return new Standing(
                new AccountId(text(row, "account")),
                wish(row),
                card(row),
                row.get("customer_id", String.class),
                new Standing.Behaviour(
                        requireNonNull(row.get("failures", Integer.class)), row.get("blocked_until", Instant.class)),
                requireNonNull(row.get("active", Boolean.class)),
                number(row, "credit_micros"),
                open == null ? null : AttemptState.valueOf(open),
                row.get("confirm_url", String.class),
                row.get("last_started", Instant.class),
                number(row, "spent_minor"));
    }

    static Parameter orNull(@Nullable String text) {
        return text == null ? Parameters.in(R2dbcType.VARCHAR) : Parameters.in(text);
    }

    static Parameter orNull(@Nullable Long number) {
        return number == null ? Parameters.in(R2dbcType.BIGINT) : Parameters.in(number);
    }

    private static @Nullable AutoTopUp wish(Readable row) {
        Boolean enabled = row.get("enabled", Boolean.class);
        if (enabled == null) {
            return null;
        }
        String currency = text(row, "currency");
        String pack = row.get("pack", String.class);
        Choice choice = pack == null
                ? new Choice.OfAmount(number(row, "amount_minor"), currency)
                : new Choice.OfPack(pack, currency);
        return new AutoTopUp(
                enabled,
                Credits.ofMicros(number(row, "threshold_micros")),
                choice,
                new Money(number(row, "cap_minor"), currency),
                row.get("off_because", String.class));
    }

    private static @Nullable Card card(Readable row) {
        String paymentMethod = row.get("payment_method", String.class);
        return paymentMethod == null
                ? null
                : new Card(
                        paymentMethod,
                        text(row, "fingerprint"),
                        row.get("brand", String.class),
                        row.get("last4", String.class));
    }

    private static String text(Readable row, String column) {
        return requireNonNull(row.get(column, String.class));
    }

    private static long number(Readable row, String column) {
        return requireNonNull(row.get(column, Long.class));
    }
}
