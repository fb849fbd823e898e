package io.tollgate.sandbox.stripe;

/** Puts the resources together and on their routes; a new resource is added here. */
final class Resources {
    private Resources() {}

    /** Returns the sessions, which the hosted pages and the control API work on too. */
    static CheckoutSessions register(Simulation simulation, Router router, Expansion expansion) {
        Customers customers = new Customers(simulation);
        Products products = new Products(simulation);
        Prices prices = new Prices(simulation, products);
        PaymentMethods methods = new PaymentMethods(simulation);
        BalanceTransactions movements = new BalanceTransactions(simulation);
        Charges charges = new Charges(simulation, movements);
        PaymentIntents intents = new PaymentIntents(simulation, methods, charges);
        CheckoutPayments payments = new CheckoutPayments(simulation, intents, methods, customers);
        CheckoutSessions sessions =
                new CheckoutSessions(simulation, new LineItems(simulation, prices), intents, payments);

        customers.register(router);
        products.register(router);
        prices.register(router);
        methods.register(router);
        movements.register(router);
        charges.register(router, expansion);
        intents.register(router);
        new Refunds(simulation, movements).register(router);
        sessions.register(router, expansion);
        simulation.events().register(router);
        return sessions;
    }
}
