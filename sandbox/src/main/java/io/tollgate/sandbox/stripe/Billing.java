package io.tollgate.sandbox.stripe;

/** Subscriptions and their invoices, put together. */
record Billing(
        SubscriptionBegin begin, Invoices invoices, InvoiceCards cards, InvoiceCharges charges, Renewals renewals) {
    /** What billing stands on. */
    record Basis(
            Customers customers,
            Prices prices,
            PaymentMethods methods,
            PaymentIntents intents,
            Discounts discounts,
            SessionTotals totals) {}

    static Billing register(Simulation simulation, Router router, Expansion expansion, Basis basis) {
        InvoicePayments payments = new InvoicePayments(simulation);
        InvoiceDrafts drafts = new InvoiceDrafts(simulation, basis.totals());
        Invoices invoices = new Invoices(simulation, drafts, basis.intents(), payments);
        InvoiceCharges charges = new InvoiceCharges(simulation, invoices, payments, basis.intents(), basis.methods());
        RecurringDiscounts recurring = new RecurringDiscounts(simulation);
        InvoiceLines lines = new InvoiceLines(simulation, recurring);
        SubscriptionBook book = new SubscriptionBook(simulation, invoices, recurring);
        SubscriptionEnds ends = new SubscriptionEnds(simulation, invoices);
        Renewals renewals = new Renewals(simulation, lines, book, invoices, charges, ends);
        SubscriptionItems items = new SubscriptionItems(simulation, basis.prices());
        SubscriptionTerms terms = new SubscriptionTerms(simulation);
        SubscriptionStart start = new SubscriptionStart(simulation, items, lines, book, invoices, renewals);
        SubscriptionStanding.watch(simulation, invoices, charges, ends);
        InvoiceCards cards = new InvoiceCards(simulation, invoices, charges, basis.intents(), basis.methods());

        payments.register(router, expansion);
        new InvoiceEndpoints(simulation, invoices, charges, basis.methods()).register(router);
        new Subscriptions(
                        simulation,
                        basis.customers(),
                        basis.methods(),
                        items,
                        terms,
                        recurring,
                        basis.discounts(),
                        start,
                        charges)
                .register(router);
        SubscriptionBegin begin = new SubscriptionBegin(
                items, terms, start, charges, new SubscriptionBegin.SessionDiscounts(basis.discounts(), recurring));
        return new Billing(begin, invoices, cards, charges, renewals);
    }
}
