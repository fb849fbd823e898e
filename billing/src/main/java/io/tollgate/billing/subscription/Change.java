package io.tollgate.billing.subscription;

import io.tollgate.billing.notice.Notice;
import io.tollgate.billing.payment.Payment;
import io.tollgate.metering.grant.Allowance;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a look comes to: written as a whole or not at all.
 *
 * @param plan as it is to be
 * @param subscription as it is to be; null to leave it
 * @param invoice as it is to be; null to leave it
 * @param allowance to be given in the place of the earlier ones; null for none
 * @param end what the allowances end for; null if they go on
 * @param payment to be written down, with the grant if there is one; null for none
 * @param happened names of what happened, for the log
 */
public record Change(
        AccountPlan plan,
        @Nullable SubscriptionState subscription,
        @Nullable InvoiceState invoice,
        @Nullable Allowance allowance,
        @Nullable String end,
        @Nullable Payment payment,
        List<Notice> notices,
        List<String> happened) {

    public Change {
        notices = List.copyOf(notices);
        happened = List.copyOf(happened);
    }
}
