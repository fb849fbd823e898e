package io.tollgate.billing.notice;

import io.tollgate.metering.credit.Credits;
import org.jspecify.annotations.Nullable;

/**
 * How an account wants to be told.
 *
 * @param email null for no mail
 * @param lowCredit told when its credit falls below; null for this installation's default, zero for never
 */
public record Contact(
        @Nullable EmailAddress email, @Nullable Credits lowCredit) {

    public static final Contact NONE = new Contact(null, null);
}
