package io.tollgate.gateway.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tollgate.gateway.installation.GatewayClient;
import io.tollgate.gateway.installation.Installation;
import io.tollgate.gateway.installation.Operator;
import io.tollgate.gateway.installation.Operator.Customer;
import io.tollgate.metering.credit.Credits;
import io.tollgate.sandbox.ai.Behaviour;
import io.tollgate.sandbox.stripe.DeliveryMode;
import io.tollgate.sandbox.stripe.Dispatch;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class WholePathTest {

    private static final String CARD = "4242424242424242";
    private static final Pattern SESSION = Pattern.compile("cs_[A-Za-z0-9_]+");
    private static final Duration SOON = Duration.ofSeconds(20);

    private final Installation installation = Installation.shared();
    private final GatewayClient gateway = Installation.sharedClient();
    private final Operator operator = new Operator(gateway, Installation.ADMIN_TOKEN);

    @BeforeEach
    void answersCostWhatIsHeld() {
        installation.ai().behave(Behaviour.fast().withTokens(100, 100));
    }

    @AfterEach
    void deliverAgain() {
        installation.stripe().deliverWebhooks(DeliveryMode.NORMAL);
        installation.ai().resetBehaviour();
    }

    @Test
    void aRefusedCallIsPaidForAndGoesThrough() {
        Customer customer = operator.customerWith(Credits.parse("0.15"));
        assertThat(Calls.call(gateway, customer))
                .returns(200, HttpResponse::statusCode)
                .satisfies(answer ->
                        assertThat(answer.headers().firstValue("Tollgate-Cost")).hasValue("0.1"));

        HttpResponse<String> refused = Calls.call(gateway, customer);
        assertThat(refused.statusCode()).isEqualTo(402);
        assertThat(refused.headers().firstValue("x-should-retry")).hasValue("false");
        pay(session(choosePack(Calls.topUpUrl(refused), "small")));

        await().atMost(SOON)
                .untilAsserted(() ->
                        assertThat(Calls.call(gateway, customer).statusCode()).isEqualTo(200));
        JsonNode balance = operator.balance(customer);
        assertThat(balance.required("available").asString()).isEqualTo("9.95");
        assertThat(balance.required("held_micros").asLong()).isZero();
    }

    @Test
    void theBalanceNamesEachLotItsCauseAndWhatIsLeft() {
        Customer customer = operator.customerWith(Credits.parse("0.25"));
        pay(session(checkout(customer, "{\"pack\":\"small\"}")));
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(
                                operator.balance(customer).required("posted").asString())
                        .isEqualTo("10.25"));
        Calls.call(gateway, customer);

        await().atMost(SOON).untilAsserted(() -> {
            JsonNode balance = operator.balance(customer);
            assertThat(balance.required("account").asString()).isEqualTo(customer.account());
            assertThat(balance.required("posted").asString()).isEqualTo("10.15");
            assertThat(balance.required("available_micros").asLong()).isEqualTo(10_150_000);
            assertThat(balance.required("debt").asString()).isEqualTo("0");
            assertThat(balance.required("lots"))
                    .extracting(
                            lot -> lot.required("cause").asString(),
                            lot -> lot.required("granted").asString())
                    .containsExactly(Tuple.tuple("operator", "0.25"), Tuple.tuple("top_up", "10"));
            assertThat(balance.required("lots").get(0).required("remaining").asString())
                    .isEqualTo("0.15");
        });
    }

    @Test
    void whatIsChargedIsBookedOnceInBothStores() {
        Customer customer = operator.customerWith(Credits.of(1));
        for (int i = 0; i < 3; i++) {
            assertThat(Calls.call(gateway, customer).statusCode()).isEqualTo(200);
        }

        await().atMost(SOON).untilAsserted(() -> {
            JsonNode figures = operator.conservation(customer);
            JsonNode account = figures.required("accounts").get(0);
            assertThat(account.required("postgres").required("spent").asLong()).isEqualTo(300_000);
            assertThat(account.required("postgres").required("posted").asLong()).isEqualTo(700_000);
            assertThat(account.required("redis").required("posted").asLong()).isEqualTo(700_000);
            assertThat(account.required("redis").required("held").asLong()).isZero();
            assertThat(figures.required("books").required("credits").asLong()).isZero();
            assertThat(operator.charges(customer).required("charges")).hasSize(3);
        });
    }

    @Test
    void oneWebhookDeliveredFiveTimesInParallelGivesOneGrant() {
        Customer customer = operator.createAccount("five times");
        List<String> before = installation.stripe().eventIds("checkout.session.completed");
        installation.stripe().deliverWebhooks(DeliveryMode.HELD);
        pay(session(checkout(customer, "{\"pack\":\"small\"}")));
        String event = installation.stripe().eventIds("checkout.session.completed").stream()
                .filter(id -> !before.contains(id))
                .findFirst()
                .orElseThrow();

        installation.stripe().deliverEvent(event, 5, Dispatch.AT_ONCE);

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(
                                operator.balance(customer).required("posted").asString())
                        .isEqualTo("10"));
        assertThat(operator.balance(customer).required("lots")).hasSize(1);
    }

    @Test
    void theSuccessPageGivesTheCreditWhenTheWebhookNeverComes() {
        Customer customer = operator.createAccount("no webhook");
        installation.stripe().deliverWebhooks(DeliveryMode.DROPPED);
        HttpResponse<String> refused = Calls.call(gateway, customer);
        String checkoutUrl = choosePack(Calls.topUpUrl(refused), "small");
        String success = payAndReturn(checkoutUrl);

        HttpResponse<String> page = gateway.get(success, null);
        HttpResponse<String> again = gateway.get(success, null);

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("10 credits have been added").doesNotContain("hx-get");
        assertThat(again.body()).contains("10 credits have been added");
        assertThat(operator.balance(customer).required("posted").asString()).isEqualTo("10");
    }

    @Test
    void aWebhookThatComesBeforeTheBrowserReturnsGivesOneGrant() {
        Customer customer = operator.createAccount("webhook first");
        String success = payAndReturn(choosePack(Calls.topUpUrl(Calls.call(gateway, customer)), "small"));
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(
                                operator.balance(customer).required("posted").asString())
                        .isEqualTo("10"));

        assertThat(gateway.get(success, null).body()).contains("10 credits have been added");

        assertThat(operator.balance(customer).required("lots")).hasSize(1);
    }

    @Test
    void nobodySeesThePaymentOfAnotherAccount() {
        Customer payer = operator.createAccount("payer");
        Customer other = operator.createAccount("other");
        String success = payAndReturn(choosePack(Calls.topUpUrl(Calls.call(gateway, payer)), "small"));
        String foreign = payAndReturn(choosePack(Calls.topUpUrl(Calls.call(gateway, other)), "small"));
        String session = foreign.substring(foreign.indexOf("session_id="));

        HttpResponse<String> page = gateway.get(success.substring(0, success.indexOf("session_id=")) + session, null);

        assertThat(page.statusCode()).isEqualTo(404);
    }

    private String choosePack(String topUpUrl, String pack) {
        HttpResponse<String> sent = gateway.postForm(path(topUpUrl), "pack=" + pack);
        assertThat(sent.statusCode()).isEqualTo(303);
        return sent.headers().firstValue("Location").orElseThrow();
    }

    private String checkout(Customer customer, String body) {
        HttpResponse<String> started = gateway.postJson("/api/checkout", body, customer.key());
        assertThat(started.statusCode()).isEqualTo(200);
        return Calls.json(started).required("url").asString();
    }

    private void pay(String session) {
        installation.stripe().pay(session, CARD);
    }

    /** Where the payer is sent afterwards, as a path of the gateway. */
    private String payAndReturn(String checkoutUrl) {
        String session = session(checkoutUrl);
        pay(session);
        HttpResponse<String> sessionAtStripe = new GatewayClient(
                        installation.stripe().baseUri())
                .get("/v1/checkout/sessions/" + session, Installation.STRIPE_KEY);
        String successUrl = Calls.json(sessionAtStripe).required("success_url").asString();
        return path(successUrl.replace("{CHECKOUT_SESSION_ID}", session));
    }

    private static String session(String checkoutUrl) {
        Matcher session = SESSION.matcher(checkoutUrl);
        assertThat(session.find()).as(checkoutUrl).isTrue();
        return session.group();
    }

    private static String path(String url) {
        URI uri = URI.create(url);
        return uri.getRawQuery() == null ? uri.getRawPath() : uri.getRawPath() + "?" + uri.getRawQuery();
    }
}
