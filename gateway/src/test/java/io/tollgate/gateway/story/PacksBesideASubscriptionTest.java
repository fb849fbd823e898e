package io.tollgate.gateway.story;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.gateway.installation.Operator.Customer;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Packs of 100 for $9 and 250 for $20 beside a subscription: usable at once, bought again at any time, and kept whatever becomes of the plan. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PacksBesideASubscriptionTest {

    private static final String HUNDRED = "{\"pack\": \"hundred\"}";
    private static final String LARGE = "{\"pack\": \"large\"}";

    private final Shop shop = Shop.open("""
            billing.catalog:
              packs:
                - {id: hundred, name: 100 credits, credits: 100, amount: 900, currency: usd}
                - {id: large, name: 250 credits, credits: 250, amount: 2000, currency: usd}
              plans:
                - {id: pro, name: Pro, allowance: 50, prices: [{interval: month, amount: 1000, currency: usd}]}
            """);
    private final Customer customer = shop.newCustomer();

    @AfterAll
    void close() {
        shop.close();
    }

    @Test
    void packsAreUsableAtOnceAndOutliveThePlan() {
        String plan = shop.buy(customer, "{\"plan\": \"pro\"}");
        shop.awaitAvailable(customer, "50");
        shop.calls(customer, 50);
        assertThat(shop.call(customer).statusCode()).isEqualTo(402);

        assertThat(bought(HUNDRED)).isEqualTo("$9.00 for 100");
        shop.calls(customer, 1);
        shop.awaitAvailable(customer, "99");

        assertThat(bought(HUNDRED)).isEqualTo("$9.00 for 100");
        assertThat(bought(LARGE)).isEqualTo("$20.00 for 250");
        shop.awaitAvailable(customer, "449");

        shop.toRenewal(customer);
        shop.awaitAvailable(customer, "499");
        shop.calls(customer, 20);
        shop.awaitAvailable(customer, "479");

        shop.toRenewal(customer);
        shop.awaitAvailable(customer, "499");
        assertThat(shop.charged(shop.subscriptionOf(plan))).containsExactly(1_000, 1_000, 1_000);

        shop.stripe().subscribers().changeCard(shop.subscriptionOf(plan), Shop.DECLINED);
        shop.toRenewal(customer);
        shop.awaitStatus(customer, "grace");
        assertThat(shop.available(customer)).isEqualTo("499");

        shop.pass(Duration.ofDays(1));
        shop.awaitStatus(customer, "overdue");
        shop.awaitAvailable(customer, "449");

        shop.pass(Duration.ofDays(16));
        shop.awaitStatus(customer, "ended");
        assertThat(bought(HUNDRED)).isEqualTo("$9.00 for 100");
        shop.calls(customer, 1);
        shop.awaitAvailable(customer, "548");
    }

    /** Buys a pack; what was paid for what, as the API tells it right after the payment. */
    private String bought(String wish) {
        var purchase = shop.purchase(customer, shop.buy(customer, wish));

        return "$%.2f for %s"
                .formatted(
                        purchase.required("paid_minor").asLong() / 100.0,
                        purchase.required("credits_added").asString());
    }
}
