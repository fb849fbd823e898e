package io.tollgate.sandbox.stripe;

/** Subscriptions and their invoices, put together. */
record Billing(
        SubscriptionBegin begin,
        Invoices invoices,
        InvoiceCards cards,
        InvoiceCharges charges,
        Renewals renewals,
        SubscriptionUpdates updates,
        SaleInvoices sales,
        Schedules schedules) {
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
        PendingChanges pending = new PendingChanges(simulation, invoices, book);
        SubscriptionEnds ends = new SubscriptionEnds(simulation, invoices, pending);
        Renewals renewals = new Renewals(simulation, lines, book, invoices, charges, ends, pending);
        SubscriptionItems items = new SubscriptionItems(simulation, basis.prices());
        SubscriptionTerms terms = new SubscriptionTerms(simulation);
        SubscriptionStart start = new SubscriptionStart(simulation, items, lines, book, invoices, renewals);
        SubscriptionStanding.watch(simulation, invoices, charges, ends);
        InvoiceCards cards = new InvoiceCards(simulation, invoices, charges, basis.intents(), basis.methods());
        Proration proration = new Proration(simulation, lines, book, recurring);
        PlanChanges changes = new PlanChanges(simulation, proration, book, invoices, charges, pending);
        SubscriptionUpdates updates = new SubscriptionUpdates(
                simulation,
                items,
                new SubscriptionSettings(basis.methods(), basis.discounts(), recurring, ends),
                changes,
                renewals,
                new Cancellations(simulation, proration, book, invoices, charges, ends));
        SubscriptionBegin begin = new SubscriptionBegin(
                items, terms, start, charges, new SubscriptionBegin.SessionDiscounts(basis.discounts(), recurring));

        basis.customers().whenDeleted(ends::endAll);
        payments.register(router, expansion);
        new InvoicePreviews(
                        simulation, invoices, book, renewals, new InvoicePreviews.Changing(proration, changes), begin)
                .register(router);
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
        updates.register(router);
        Schedules schedules = new Schedules(simulation, items, renewals, ends);
        schedules.register(router);
        return new Billing(
                begin,
                invoices,
                cards,
                charges,
                renewals,
                updates,
                new SaleInvoices(simulation, drafts, lines, invoices),
                schedules);
    }
}
