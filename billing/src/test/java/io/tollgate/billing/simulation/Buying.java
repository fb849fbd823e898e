package io.tollgate.billing.simulation;

import static io.tollgate.metering.postgres.BookOfRecord.got;

import io.tollgate.billing.World;
import io.tollgate.billing.catalog.Choice;
import io.tollgate.billing.checkout.StartResult;
import io.tollgate.billing.topup.AskedBy;
import io.tollgate.billing.topup.TopUps;
import java.util.List;

/** Customers at the checkout. */
final class Buying {

    private static final String DECLINED = "4000000000000002";

    private final Run run;

    Buying(Run run) {
        this.run = run;
    }

    List<Deed> deeds() {
        return List.of(
                new Deed("buys", 30, this::buy),
                new Deed("begins to buy", 8, this::begin),
                new Deed("pays", 12, customer -> pay(customer, World.VISA)),
                new Deed("is declined", 4, customer -> pay(customer, DECLINED)),
                new Deed("pays from a bank account", 5, this::payByDebit),
                new Deed("comes to the success page", 8, this::comeBack));
    }

    private void buy(Customer customer) {
        begin(customer);
        pay(customer, World.VISA);
    }

    private void begin(Customer customer) {
        begin(
                customer,
                run.chance(60) ? new Choice.OfPack("small") : new Choice.OfAmount(500 + 100L * run.random.nextInt(50)));
    }

    private void begin(Customer customer, Choice choice) {
        StartResult result = run.world.start(customer.account, choice);
        if (!(result instanceof StartResult.Started(String _, String session))) {
            throw new AssertionError("not started: " + result);
        }
        customer.sessions.add(session);
    }

    private void pay(Customer customer, String card) {
        if (!customer.sessions.isEmpty()) {
            run.world.stripe().pay(customer.sessions.getLast(), card);
        }
    }

    private void payByDebit(Customer customer) {
        if (!customer.sessions.isEmpty() && !customer.planSessions.contains(customer.sessions.getLast())) {
            run.world.stripe().bank().debit(customer.sessions.getLast());
        }
    }

    private void comeBack(Customer customer) {
        if (!customer.sessions.isEmpty()) {
            String session = customer.sessions.get(run.random.nextInt(customer.sessions.size()));
            got(run.world.the(TopUps.class).fulfil(session, AskedBy.SUCCESS_PAGE));
        }
    }
}
