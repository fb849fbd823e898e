package io.tollgate.gateway.sandbox;

import io.tollgate.gateway.installation.GatewayProperties;

/** Plans, so that a newcomer sees some; a configuration that names plans of its own has only those. */
final class DemoPlans {

    private DemoPlans() {}

    static void sellIn(GatewayProperties gateway) {
        plan(gateway, 0, "plus", "Plus", 12, 1_000);
        plan(gateway, 1, "pro", "Pro", 65, 5_000);
    }

    /** Ten months are paid for a year. */
    private static void plan(
            GatewayProperties gateway, int index, String id, String name, int allowance, int amountMinor) {
        String plan = "tollgate.billing.catalog.plans[" + index + "].";
        gateway.setDefault(plan + "id", id)
                .setDefault(plan + "name", name)
                .setDefault(plan + "allowance", Integer.toString(allowance));
        price(gateway, plan + "prices[0].", "month", amountMinor);
        price(gateway, plan + "prices[1].", "year", 10 * amountMinor);
    }

    private static void price(GatewayProperties gateway, String price, String interval, int amountMinor) {
        gateway.setDefault(price + "interval", interval)
                .setDefault(price + "amount", Integer.toString(amountMinor))
                .setDefault(price + "currency", "usd");
    }
}
