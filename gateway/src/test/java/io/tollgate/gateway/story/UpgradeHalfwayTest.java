package io.tollgate.gateway.story;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.gateway.installation.Operator.Customer;
import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

/** An upgrade from $10 to $50 after exactly half the month charges exactly $20.00 now, and says so before. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UpgradeHalfwayTest {

    private static final String PREVIEW = "/api/subscription/preview";
    private static final String CHANGE = "/api/subscription/change";

    private final Shop shop = Shop.open("""
            billing.catalog.plans:
              - {id: basic, name: Basic, allowance: 100, prices: [{interval: month, amount: 1000, currency: usd}]}
              - {id: pro, name: Pro, allowance: 500, prices: [{interval: month, amount: 5000, currency: usd}]}
            """);
    private final Customer customer = shop.newCustomer();

    @AfterAll
    void close() {
        shop.close();
    }

    @Test
    void halfAMonthOfTheDifferenceIsShownThenChargedAndNothingElse() {
        String plan = shop.subscriptionOf(shop.buy(customer, "{\"plan\": \"basic\"}"));
        shop.awaitAvailable(customer, "100");
        shop.calls(customer, 30);
        shop.passUntil(middleOfTheMonth(plan));

        JsonNode preview = Shop.ok(shop.post(customer, PREVIEW, "{\"plan\": \"pro\"}"));
        assertThat(preview.required("kind").asString()).isEqualTo("upgrade");
        assertThat(preview.required("charge_minor").asLong()).isEqualTo(2_000);
        assertThat(preview.required("currency").asString()).isEqualTo("usd");
        BigDecimal credits = new BigDecimal(preview.required("credits").asString());
        assertThat(credits).as("half of 400, but for seconds").isBetween(new BigDecimal("199.99"), new BigDecimal(200));
        assertThat(preview.required("renewal_minor").asLong()).isEqualTo(5_000);
        assertThat(shop.charged(plan)).as("looking costs nothing").containsExactly(1_000);

        String confirmed = "{\"plan\": \"pro\", \"preview\": \"%s\"}"
                .formatted(preview.required("preview").asString());
        JsonNode change = Shop.ok(shop.post(customer, CHANGE, confirmed));
        assertThat(change.required("outcome").asString()).isEqualTo("made");
        assertThat(change.required("charge_minor").asLong()).isEqualTo(2_000);
        assertThat(shop.charged(plan)).containsExactly(2_000, 1_000);
        assertThat(planOf(customer)).isEqualTo("pro");
        shop.awaitAvailable(
                customer,
                credits.add(BigDecimal.valueOf(70)).stripTrailingZeros().toPlainString());

        HttpResponse<String> again = shop.post(customer, CHANGE, "{\"plan\": \"pro\"}");
        assertThat(again.statusCode()).isEqualTo(409);
        assertThat(Shop.json(again).required("code").asString()).isEqualTo("same_plan");

        shop.toRenewal(customer);
        shop.awaitAvailable(customer, "500");
        assertThat(shop.charged(plan)).containsExactly(5_000, 2_000, 1_000);
    }

    private String planOf(Customer customer) {
        return shop.subscription(customer).at("/plan/id").asString();
    }

    private Instant middleOfTheMonth(String plan) {
        JsonNode item = shop.atStripe("subscriptions/" + plan).at("/items/data/0");
        long start = item.required("current_period_start").asLong();
        long end = item.required("current_period_end").asLong();

        return Instant.ofEpochSecond(start + (end - start) / 2);
    }
}
