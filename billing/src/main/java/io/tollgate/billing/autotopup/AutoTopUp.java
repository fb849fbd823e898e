package io.tollgate.billing.autotopup;

import io.tollgate.billing.catalog.Choice;
import io.tollgate.metering.credit.Credits;
import io.tollgate.metering.ledger.Money;
import org.jspecify.annotations.Nullable;

/**
 * What an account wants bought by itself.
 *
 * @param threshold when its booked credit falls below
 * @param cap the most that is charged in a calendar month (UTC)
 * @param offBecause why it was switched off other than by its owner; null where it was not
 */
public record AutoTopUp(
        boolean enabled,
        Credits threshold,
        Choice choice,
        Money cap,
        @Nullable String offBecause) {}
