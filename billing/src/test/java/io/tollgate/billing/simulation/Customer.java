package io.tollgate.billing.simulation;

import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.reservation.HoldRequest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** An account and what its owner remembers. */
final class Customer {

    final AccountId account;

    /** Checkout sessions, the youngest last. */
    final List<String> sessions = new ArrayList<>();

    /** Those of them that are for a plan. */
    final Set<String> planSessions = new HashSet<>();

    /** Calls under way. */
    final List<HoldRequest> holds = new ArrayList<>();

    Customer(AccountId account) {
        this.account = account;
    }

    @Override
    public String toString() {
        return account.value();
    }
}
