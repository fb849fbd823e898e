package io.tollgate.sandbox.stripe;

/** What the hosted pages and the control API work on; a new resource is put together and on its routes here. */
record Resources(
        CheckoutSessions sessions,
        SessionTotals totals,
        Bank bank,
        Billing billing,
        Subscribers subscribers,
        Portal portal) {
    static Resources register(Simulation simulation, Router router, Expansion expansion) {
        PaymentMethods methods = new PaymentMethods(simulation);
        Customers customers = new Customers(simulation, methods);
        Products products = new Products(simulation);
        Prices prices = new Prices(simulation, products);
        BalanceTransactions movements = new BalanceTransactions(simulation);
        Charges charges = new Charges(simulation, movements);
        Attempts attempts = new Attempts(simulation, methods, charges);
        PaymentIntents intents = new PaymentIntents(simulation, methods, attempts);
        SetupIntents setups = new SetupIntents(simulation, methods);
        CheckoutPayments payments = new CheckoutPayments(simulation, intents, methods, customers, setups);
        Discounts discounts = new Discounts(simulation);
        SessionTotals totals = new SessionTotals(discounts);
        Billing billing = Billing.register(
                simulation,
                router,
                expansion,
                new Billing.Basis(customers, prices, methods, intents, discounts, totals));
        CheckoutSessions sessions = new CheckoutSessions(
                simulation,
                new LineItems(simulation, prices),
                intents,
                payments,
                totals,
                setups,
                new SubscriptionCheckout(payments, methods, billing.begin()));
        payments.whenPaid((session, intent) -> billing.sales()
                .invoice(session, sessions.lines(session.path("id").stringValue()), intent));
        Disputes disputes = new Disputes(simulation, movements);
        Refunds refunds = new Refunds(simulation, movements, methods, disputes);
        FraudWarnings warnings = new FraudWarnings(simulation);
        BankDebits debits = new BankDebits(simulation, sessions, payments, methods, attempts);

        customers.register(router);
        products.register(router);
        prices.register(router);
        methods.register(router);
        movements.register(router);
        charges.register(router, expansion);
        intents.register(router);
        setups.register(router);
        discounts.register(router);
        disputes.register(router);
        refunds.register(router);
        warnings.register(router);
        sessions.register(router, expansion);
        simulation.events().register(router);
        return new Resources(
                sessions,
                totals,
                new Bank(simulation, disputes, refunds, warnings, attempts, debits),
                billing,
                new Subscribers(simulation, billing, methods),
                Portal.register(simulation, router, billing, methods));
    }
}
