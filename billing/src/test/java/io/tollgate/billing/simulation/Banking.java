package io.tollgate.billing.simulation;

import io.tollgate.sandbox.stripe.Bank;
import io.tollgate.sandbox.stripe.DebitEnd;
import java.util.List;

/** What banks decide days later. */
final class Banking {

    private final Run run;
    private final Bank bank;

    Banking(Run run) {
        this.run = run;
        this.bank = run.world.stripe().bank();
    }

    List<Deed> deeds() {
        return List.of(new Deed("bank decides about a debit", 6, this::decide));
    }

    private void decide(Customer customer) {
        customer.sessions.stream()
                .filter(session -> AtStripe.of(run).isOnItsWay(session))
                .findFirst()
                .ifPresent(session -> bank.endDebit(session, run.chance(70) ? DebitEnd.SUCCEEDED : DebitEnd.FAILED));
    }
}
