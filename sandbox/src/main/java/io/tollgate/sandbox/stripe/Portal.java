package io.tollgate.sandbox.stripe;

/** The customer portal, put together. */
record Portal(PortalSessions sessions, PortalPages pages) {
    static Portal register(Simulation simulation, Router router, Billing billing, PaymentMethods methods) {
        PortalConfigurations configurations = new PortalConfigurations(simulation);
        PortalSessions sessions = new PortalSessions(simulation, configurations);
        configurations.register(router);
        sessions.register(router);
        PortalActions actions = new PortalActions(simulation, billing.updates(), billing.schedules(), methods);
        return new Portal(sessions, new PortalPages(simulation, actions));
    }
}
