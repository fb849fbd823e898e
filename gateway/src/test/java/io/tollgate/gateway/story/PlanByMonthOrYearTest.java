package io.tollgate.gateway.story;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.gateway.installation.Operator.Customer;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** 250 generations a month for $5, or $50 a year; a day of grace; the unused part back within 7 days; unlimited for the staff. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PlanByMonthOrYearTest {

    private static final String MONTHLY = "{\"plan\": \"pro\", \"interval\": \"month\"}";
    private static final String YEARLY = "{\"plan\": \"pro\", \"interval\": \"year\"}";

    private final Shop shop = Shop.open("""
            billing.catalog.plans:
              - id: pro
                name: Pro
                allowance: 250
                grace: 1d
                money-back: 7d
                prices:
                  - {interval: month, amount: 500, currency: usd}
                  - {interval: year, amount: 5000, currency: usd}
            exempt.groups: staff
            """);

    @AfterAll
    void close() {
        shop.close();
    }

    @Test
    void fiveDollarsBuy250GenerationsEveryMonth() {
        Customer customer = shop.newCustomer();
        String plan = shop.subscriptionOf(shop.buy(customer, MONTHLY));
        shop.awaitAvailable(customer, "250");
        shop.calls(customer, 250);
        assertThat(shop.call(customer).statusCode()).isEqualTo(402);

        shop.toRenewal(customer);

        shop.awaitAvailable(customer, "250");
        assertThat(shop.charged(plan)).containsExactly(500, 500);
    }

    @Test
    void fiftyDollarsBuyThemEveryMonthOfAYear() {
        Customer customer = shop.newCustomer();
        String plan = shop.subscriptionOf(shop.buy(customer, YEARLY));
        for (int month = 1; month <= 12; month++) {
            shop.awaitAvailable(customer, "250");
            shop.calls(customer, month);
            assertThat(shop.charged(plan)).as("month %d", month).containsExactly(5_000);
            shop.toRenewal(customer);
        }

        shop.awaitAvailable(customer, "250");
        assertThat(shop.charged(plan)).containsExactly(5_000, 5_000);
    }

    @Test
    void afterAFailedRenewalCallsGoOnForADayAndRecoveryRestoresThemAtOnce() {
        Customer customer = shop.newCustomer();
        String plan = shop.subscriptionOf(shop.buy(customer, MONTHLY));
        shop.awaitAvailable(customer, "250");
        shop.calls(customer, 30);
        shop.stripe().subscribers().changeCard(plan, Shop.DECLINED);

        shop.toRenewal(customer);
        shop.awaitStatus(customer, "grace");
        shop.pass(Duration.ofHours(23));
        shop.calls(customer, 10);
        shop.awaitAvailable(customer, "210");

        shop.pass(Duration.ofHours(1));
        shop.awaitStatus(customer, "overdue");
        shop.awaitAvailable(customer, "0");
        assertThat(shop.call(customer).statusCode()).isEqualTo(402);

        assertThat(shop.stripe().subscribers().payInvoice(openInvoice(customer), Shop.VISA))
                .isTrue();
        shop.awaitAvailable(customer, "250");
        assertThat(shop.status(customer)).isEqualTo("active");
        shop.calls(customer, 1);
    }

    @Test
    void theUnusedPartComesBackWithinSevenDays() {
        Customer customer = shop.newCustomer();
        String plan = shop.subscriptionOf(shop.buy(customer, MONTHLY));
        shop.awaitAvailable(customer, "250");
        shop.calls(customer, 50);
        shop.awaitAvailable(customer, "200");
        shop.pass(Duration.ofDays(6));

        var refund = Shop.ok(moneyBack(customer));

        assertThat(refund.required("amount_minor").asLong()).isEqualTo(400);
        assertThat(refundedAtStripe(plan)).isEqualTo(400);
        shop.awaitStatus(customer, "ended");
        shop.awaitAvailable(customer, "0");
        assertThat(shop.call(customer).statusCode()).isEqualTo(402);
        assertThat(Shop.ok(moneyBack(customer)))
                .as("asked for twice, given once")
                .isEqualTo(refund);
        assertThat(refundedAtStripe(plan)).isEqualTo(400);
    }

    @Test
    void afterSevenDaysItDoesNot() {
        Customer customer = shop.newCustomer();
        shop.buy(customer, MONTHLY);
        shop.awaitAvailable(customer, "250");
        shop.pass(Duration.ofDays(7).plusMinutes(1));

        HttpResponse<String> refused = moneyBack(customer);

        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(Shop.json(refused).required("code").asString()).isEqualTo("money_back_window_over");
        assertThat(shop.available(customer)).isEqualTo("250");
    }

    @Test
    void theStaffIsUnlimited() {
        Customer customer = shop.newCustomer();
        shop.putIntoGroups(customer, "[\"staff\"]");

        shop.calls(customer, 300);

        assertThat(shop.available(customer)).isEqualTo("0");
        assertThat(shop.call(customer).headers().firstValue("Tollgate-Cost")).hasValue("0");
    }

    private HttpResponse<String> moneyBack(Customer customer) {
        String payment =
                shop.get(customer, "/api/payments").at("/payments/0/id").asString();

        return shop.post(customer, "/api/payments/" + payment + "/refund", "");
    }

    /** Of the page that the customer is sent to. */
    private String openInvoice(Customer customer) {
        String page = shop.subscription(customer).required("payment_url").asString();

        return URI.create(page).getPath().replaceFirst(".*/", "");
    }

    private long refundedAtStripe(String plan) {
        String owner =
                shop.atStripe("subscriptions/" + plan).required("customer").asString();

        return StreamSupport.stream(
                        shop.atStripe("charges?customer=" + owner)
                                .required("data")
                                .spliterator(),
                        false)
                .mapToLong(charge -> charge.required("amount_refunded").asLong())
                .sum();
    }
}
