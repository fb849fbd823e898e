package io.tollgate.billing.topup;

import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.credit.Credits;

/** Where a top-up stands after it was asked to be fulfilled. */
public sealed interface FulfilResult {
    /** Paid and given, just now. */
    record Granted(AccountId account, Credits credits) implements FulfilResult {}

    /** Paid and given, before. */
    record GrantedBefore(AccountId account, Credits credits) implements FulfilResult {}

    /** The plan's subscription has begun, now or before; its credit comes with its invoices. */
    record PlanBegun(AccountId account, Credits allowance) implements FulfilResult {}

    /** The buyer has not paid, or the money is still on its way. */
    record AwaitingPayment(AccountId account) implements FulfilResult {}

    /** Not paid, and can no longer be. */
    record Expired(AccountId account) implements FulfilResult {}

    /** The payment failed after the buyer was done; should it succeed after all, the credit is given. */
    record PaymentFailed(AccountId account) implements FulfilResult {}

    /** Paid, but the credit was not given: an operator has to look. */
    record Withheld(AccountId account, Reason reason) implements FulfilResult {}

    /** No order of ours belongs to such a session. */
    record Unknown() implements FulfilResult {}

    /** Stripe has such a session, but it was not us who opened it. */
    record NotOurs() implements FulfilResult {}

    /** Why credit that was paid for is not given. */
    enum Reason {
        /** Stripe took less than the order says, or another currency. */
        PAID_SOMETHING_ELSE,
        /** A promotion code left nothing to pay, and settings say that an operator has to look at such. */
        PAID_NOTHING,
        /** The account would hold more than an amount of credit can be. */
        BEYOND_BOUND,
        NO_SUCH_ACCOUNT,
        /** The session has bought something else before. */
        CONFLICT
    }
}
