package io.tollgate.gateway.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tollgate.gateway.installation.Operator.Customer;
import io.tollgate.sandbox.stripe.Outage;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Stripe does not answer us for minutes, while people pay on its pages and plans renew. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StripeAwayTest {

    private final Shop shop = Shop.open("""
            billing:
              stripe: {read-timeout: 700ms, call-timeout: 1s, retries: 0, breaker-pause: 300ms}
              catalog:
                packs:
                  - {id: hundred, name: 100 credits, credits: 100, amount: 900, currency: usd}
                plans:
                  - {id: pro, name: Pro, allowance: 50, prices: [{interval: month, amount: 1000, currency: usd}]}
            """);

    /** Whoever saw it fail last may still be leaving it alone. */
    @BeforeEach
    void isThere() {
        shop.stripe().endOutage();
        await().atMost(Duration.ofSeconds(30))
                .until(() -> shop.checkout(shop.newCustomer(), "{\"pack\": \"hundred\"}")
                                .statusCode()
                        == 200);
    }

    @AfterAll
    void close() {
        shop.close();
    }

    @ParameterizedTest
    @EnumSource(names = {"REFUSE", "TIMEOUT_AFTER_EFFECT", "ERROR_500"})
    void callsGoOnCheckoutSaysSoAndNothingIsLost(Outage outage) {
        Customer customer = shop.newCustomer();
        String topUp = path(shop.topUpUrl(customer));
        String plan = shop.subscriptionOf(shop.buy(customer, "{\"plan\": \"pro\"}"));
        shop.awaitAvailable(customer, "50");
        shop.calls(customer, 10);
        String session = shop.beginCheckout(customer, "{\"pack\": \"hundred\"}");

        shop.stripe().outage(outage, 0);
        String success = path(shop.pay(session).toString());
        shop.toRenewal(customer);

        shop.calls(customer, 5);
        HttpResponse<String> refused = shop.checkout(customer, "{\"pack\": \"hundred\"}");
        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(503);
        assertThat(refused.headers().firstValue("Retry-After")).isPresent();
        assertThat(Shop.json(refused).required("code").asString()).isEqualTo("stripe_unavailable");
        HttpResponse<String> page = shop.gateway().postForm(topUp, "pack=hundred");
        assertThat(page.statusCode()).isEqualTo(503);
        assertThat(page.headers().firstValue("Retry-After")).isPresent();
        assertThat(page.body()).contains("Stripe does not answer right now. Nothing was charged");
        assertThat(page(success)).contains("We cannot ask Stripe for your payment right now");
        assertThat(shop.available(customer)).isEqualTo("35");

        shop.pass(Duration.ofMinutes(10));
        shop.calls(customer, 5);
        shop.stripe().endOutage();

        shop.awaitAvailable(customer, "150");
        await().untilAsserted(() -> assertThat(page(success)).contains("100 credits have been added."));
        assertThat(shop.purchase(customer, session).required("credits_added").asString())
                .isEqualTo("100");
        assertThat(shop.charged(plan)).containsExactly(1_000, 1_000);
        await().untilAsserted(() -> assertThat(shop.webhooksWaiting()).isZero());
        assertThat(shop.available(customer)).isEqualTo("150");
    }

    private String page(String path) {
        return shop.gateway().get(path, null).body();
    }

    private static String path(String url) {
        return url.replaceFirst("^https?://[^/]+", "");
    }
}
