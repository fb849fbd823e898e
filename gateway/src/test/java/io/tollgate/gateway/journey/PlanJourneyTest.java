package io.tollgate.gateway.journey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.Page.ScreenshotOptions;
import com.microsoft.playwright.options.AriaRole;
import io.tollgate.gateway.installation.GatewayClient;
import io.tollgate.gateway.installation.GatewayInJvm;
import io.tollgate.gateway.installation.Installation;
import io.tollgate.gateway.installation.Operator;
import io.tollgate.gateway.installation.Operator.Customer;
import io.tollgate.gateway.journey.Browser.Screen;
import io.tollgate.sandbox.stripe.Outage;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.r2dbc.core.DatabaseClient;
import tools.jackson.databind.JsonNode;

/** The operator changes the catalog, and customers buy what is in it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PlanJourneyTest {

    private static final Path SCREENSHOTS = Path.of("target", "screenshots");
    private static final String CATALOG = "/admin/api/catalog/";
    private static final String PRO = """
            {"name": "Pro", "id": "pro", "allowance": "250", "rollover": "100",
             "prices": [{"interval": "month", "amount": 500, "currency": "usd"},
                        {"interval": "year", "amount": 5000, "currency": "usd"}]}""";
    private static final String TRIED = """
            {"name": "Team", "id": "team", "allowance": "1000", "trial": {"days": 14, "allowance": "50"},
             "prices": [{"interval": "month", "amount": 2500, "currency": "usd"},
                        {"interval": "month", "amount": 2300, "currency": "eur"}]}""";
    private static final String YEN = """
            {"id": "yen", "name": "Yen", "credits": "5",
             "prices": [{"amount": 750, "currency": "jpy"}, {"amount": 1500, "currency": "kwd"}]}""";

    private final Installation installation = Installation.start();
    private final int port = Installation.freePort();
    private final GatewayInJvm process = GatewayInJvm.start(installation.properties(port));
    private final GatewayClient gateway = new GatewayClient(process.uri());
    private final Operator operator = new Operator(gateway, Installation.ADMIN_TOKEN);

    PlanJourneyTest() {
        installation.webhooksTo(port);
        put("plans/pro", PRO);
        put("plans/team", TRIED);
        put("packs/yen", YEN);
    }

    @AfterAll
    void close() {
        process.close();
        installation.close();
    }

    @AfterEach
    void repair() {
        installation.stripe().endOutage();
    }

    @Nested
    class TheOperator {

        @Test
        void readsWhatIsForSaleAndWhereItComesFrom() {
            JsonNode all = Calls.json(gateway.get("/admin/api/catalog", Installation.ADMIN_TOKEN));

            assertThat(all.at("/packs/0/source").asString()).isEqualTo("configuration");
            assertThat(all.at("/plans/0/source").asString()).isEqualTo("operator");
            assertThat(all.at("/plans/0/line/prices/1/interval").asString()).isEqualTo("year");
            JsonNode pro = Calls.json(gateway.get(CATALOG + "plans/pro", Installation.ADMIN_TOKEN));
            assertThat(pro.at("/line/rollover").asString()).isEqualTo("100");
        }

        @Test
        void writesTheLineThatWasRead() {
            JsonNode before = Calls.json(gateway.get(CATALOG + "plans/pro", Installation.ADMIN_TOKEN));

            put("plans/pro", before.required("line").toString());

            assertThat(Calls.json(gateway.get(CATALOG + "plans/pro", Installation.ADMIN_TOKEN)))
                    .isEqualTo(before);
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = ';',
                value = {
                    "plans/gold; {\"id\": \"pro\"}; 400; name is missing",
                    "plans/gold; {\"id\": \"silver\", \"name\": \"S\", \"allowance\": \"1\"}; 400; the line is of silver, not of gold",
                    "plans/gold; {\"nam\": \"S\"}; 400; there is no field nam",
                    "plans/gold; not json; 400; not the JSON that is expected",
                    "plans/GOLD; {}; 400; an id is 1 to 48 of a-z 0-9 _ -",
                    "packs/p; {\"id\": \"p\", \"name\": \"P\", \"credits\": \"1\", \"amount\": 1.5, \"currency\": \"usd\"}; 400; not the JSON",
                    "custom/usd; {\"currency\": \"usd\", \"minimum\": 9, \"maximum\": 5}; 400; minimum <= maximum",
                    "things/p; {}; 404; packs, plans and custom"
                })
        void isToldWhatIsWrongWithALine(String path, String line, int status, String reason) {
            HttpResponse<String> answer = send("PUT", path, line);

            assertThat(answer.statusCode()).isEqualTo(status);
            assertThat(Calls.json(answer).required("detail").asString()).contains(reason);
        }

        @Test
        void withdrawsAndFindsEveryChangeInTheAudit() {
            put("packs/gone", """
                    {"id": "gone", "name": "Gone", "credits": "1", "amount": 100, "currency": "usd"}""");

            assertThat(send("DELETE", "packs/gone", null).statusCode()).isEqualTo(204);
            assertThat(send("DELETE", "packs/gone", null).statusCode()).isEqualTo(204);
            assertThat(send("DELETE", "packs/never", null).statusCode()).isEqualTo(404);
            assertThat(gateway.get(CATALOG + "packs/gone", Installation.ADMIN_TOKEN)
                            .statusCode())
                    .isEqualTo(404);
            assertThat(audited("catalog:packs/gone")).isEqualTo(3);
        }

        @Test
        void changesWhatEveryGatewaySells() {
            try (GatewayInJvm second = GatewayInJvm.start(installation.properties(Installation.freePort()))) {
                GatewayClient other = new GatewayClient(second.uri());
                put("packs/new", """
                        {"id": "new", "name": "New", "credits": "3", "amount": 300, "currency": "usd"}""");

                await().until(() -> other.get("/api/catalog", null).body().contains("\"new\""));
                send("DELETE", "packs/new", null);
                await().until(() -> !other.get("/api/catalog", null).body().contains("\"new\""));
            }
        }

        @Test
        void isTheOnlyOneWhoMay() {
            assertThat(gateway.get("/admin/api/catalog", "somebody").statusCode())
                    .isEqualTo(401);
        }

        private long audited(String subject) {
            Long count = process.bean(DatabaseClient.class)
                    .sql("SELECT count(*) FROM audit WHERE subject = '" + subject + "'")
                    .mapValue(Long.class)
                    .one()
                    .block();
            return count == null ? 0 : count;
        }
    }

    @Nested
    class AProgram {

        private final Customer customer = operator.createAccount("program");

        @Test
        void readsPlansPricesAndExamples() {
            JsonNode catalog = Calls.json(gateway.get("/api/catalog", null));

            assertThat(catalog.at("/plans/0/prices/1/amount_minor").asLong()).isEqualTo(5_000);
            assertThat(catalog.at("/plans/1/trial/days").asInt()).isEqualTo(14);
            assertThat(catalog.at("/custom_amount/examples").size()).isGreaterThan(1);
            assertThat(catalog.at("/custom_amounts/0/currency").asString()).isEqualTo("usd");
        }

        @Test
        void buysAPlanAndSeesItBegin() {
            JsonNode started = Calls.json(buy("{\"plan\": \"pro\", \"interval\": \"year\", \"locale\": \"de\"}"));
            String session = started.required("session_id").asString();
            assertThat(status(session).required("state").asString()).isEqualTo("open");
            installation.stripe().pay(session, "4242424242424242");

            JsonNode status = status(session);

            assertThat(status.required("state").asString()).isEqualTo("complete");
            assertThat(status.required("plan").asString()).isEqualTo("pro");
            assertThat(status.required("interval").asString()).isEqualTo("year");
            assertThat(status.required("amount_minor").asLong()).isEqualTo(5_000);
            assertThat(status.required("credits").asString()).isEqualTo("250");
            assertThat(status.required("credits_added").asString()).isEqualTo("0");
            await().until(() ->
                    operator.balance(customer).required("available").asString().equals("250"));
            HttpResponse<String> again = buy("{\"plan\": \"team\"}");
            assertThat(again.statusCode()).isEqualTo(409);
            assertThat(Calls.json(again).required("code").asString()).isEqualTo("plan_exists");
            assertThat(Calls.json(again).required("plan").asString()).isEqualTo("pro");
        }

        @Test
        void readsWhereItStandsWithItsPlan() {
            JsonNode before = subscription(customer);
            assertThat(before.required("status").asString()).isEqualTo("none");
            assertThat(before.required("plan").isNull()).isTrue();
            assertThat(before.required("remaining").asString()).isEqualTo("0");

            String session = Calls.json(buy("{\"plan\": \"pro\", \"interval\": \"year\"}"))
                    .required("session_id")
                    .asString();
            installation.stripe().pay(session, "4242424242424242");

            await().until(() ->
                    subscription(customer).required("remaining").asString().equals("250"));
            JsonNode after = subscription(customer);
            assertThat(after.required("account").asString()).isEqualTo(customer.account());
            assertThat(after.required("status").asString()).isEqualTo("active");
            assertThat(after.at("/plan/id").asString()).isEqualTo("pro");
            assertThat(after.required("interval").asString()).isEqualTo("year");
            assertThat(after.required("allowance").asString()).isEqualTo("250");
            assertThat(after.required("remaining_micros").asLong()).isEqualTo(250_000_000);
            assertThat(Instant.parse(after.required("resets_at").asString()))
                    .isBetween(
                            installation.stripe().now().plus(Duration.ofDays(27)),
                            installation.stripe().now().plus(Duration.ofDays(32)));
            assertThat(subscription(operator.createAccount("beside"))
                            .required("status")
                            .asString())
                    .isEqualTo("none");
        }

        @Test
        void readsNoPlanWithoutAKey() {
            assertThat(gateway.get("/api/subscription", null).statusCode()).isEqualTo(401);
            assertThat(gateway.get("/api/subscription", "made-up").statusCode()).isEqualTo(401);
        }

        private JsonNode subscription(Customer reader) {
            HttpResponse<String> answer = gateway.get("/api/subscription", reader.key());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            assertThat(answer.headers().firstValue("Cache-Control")).hasValue("no-store");
            return Calls.json(answer);
        }

        @Test
        void buysAPackInACurrencyWithoutCents() {
            String session = Calls.json(buy("{\"pack\": \"yen\", \"currency\": \"JPY\", \"save_card\": true}"))
                    .required("session_id")
                    .asString();
            installation.stripe().pay(session, "4242424242424242");

            JsonNode status = status(session);

            assertThat(status.required("state").asString()).isEqualTo("paid");
            assertThat(status.required("amount_minor").asLong()).isEqualTo(750);
            assertThat(status.required("paid_minor").asLong()).isEqualTo(750);
            assertThat(status.required("currency").asString()).isEqualTo("jpy");
            assertThat(status.required("credits_added").asString()).isEqualTo("5");
            assertThat(status(session)).isEqualTo(status);
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = ';',
                value = {
                    "{\"plan\": \"gold\"}; unknown_plan",
                    "{\"plan\": \"team\", \"interval\": \"year\"}; unknown_interval",
                    "{\"plan\": \"pro\", \"interval\": \"week\"}; invalid_interval",
                    "{\"plan\": \"pro\", \"currency\": \"eur\"}; unknown_currency",
                    "{\"pack\": \"small\", \"currency\": \"xxx\"}; unknown_currency",
                    "{\"amount_minor\": 500, \"currency\": \"eur\"}; unknown_currency",
                    "{\"plan\": \"pro\", \"pack\": \"small\"}; no_choice",
                    "{\"plan\": \"pro\", \"locale\": \"<b>\"}; invalid_locale",
                    "{}; no_choice"
                })
        void isToldWhatCannotBeBought(String wish, String code) {
            HttpResponse<String> answer = buy(wish);

            assertThat(answer.statusCode()).isEqualTo(422);
            assertThat(Calls.json(answer).required("code").asString()).isEqualTo(code);
        }

        @Test
        void doesNotSeeWhatOthersBuy() {
            String session = Calls.json(buy("{\"pack\": \"small\"}"))
                    .required("session_id")
                    .asString();
            Customer other = operator.createAccount("other");

            assertThat(gateway.get("/api/checkout/" + session, other.key()).statusCode())
                    .isEqualTo(404);
            assertThat(gateway.get("/api/checkout/cs_test_forged", customer.key())
                            .statusCode())
                    .isEqualTo(404);
            assertThat(gateway.get("/api/checkout/%27%3B--", customer.key()).statusCode())
                    .isEqualTo(404);
            assertThat(gateway.get("/api/checkout/" + session, null).statusCode())
                    .isEqualTo(401);
        }

        @Test
        void isToldToComeAgainWhileStripeIsAway() {
            String session = Calls.json(buy("{\"pack\": \"small\"}"))
                    .required("session_id")
                    .asString();
            installation.stripe().outage(Outage.REFUSE, 0);

            for (HttpResponse<String> answer :
                    List.of(buy("{\"plan\": \"pro\"}"), gateway.get("/api/checkout/" + session, customer.key()))) {
                assertThat(answer.statusCode()).isEqualTo(503);
                assertThat(answer.headers().firstValue("Retry-After")).hasValue("10");
                assertThat(Calls.json(answer).required("code").asString()).isEqualTo("stripe_unavailable");
            }
            installation.stripe().endOutage();
            assertThat(status(session).required("state").asString()).isEqualTo("open");
        }

        private HttpResponse<String> buy(String wish) {
            return gateway.postJson("/api/checkout", wish, customer.key());
        }

        private JsonNode status(String session) {
            return Calls.json(gateway.get("/api/checkout/" + session, customer.key()));
        }
    }

    @Nested
    @Tag("browser")
    class APerson {

        @ParameterizedTest
        @EnumSource
        void beginsAPlanFromTheTopUpPage(Screen screen) {
            Customer customer = operator.createAccount("person");
            try (Browser browser = new Browser();
                    BrowserContext context = browser.on(screen)) {
                Page page = context.newPage();
                String topUp = topUpUrl(customer);
                page.navigate(topUp);
                look(page, screen, "plans");
                page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName(Pattern.compile("Pro.*a month")))
                        .first()
                        .click();
                page.getByRole(
                                AriaRole.BUTTON,
                                new GetByRoleOptions().setName(Pattern.compile("^(Pay|Subscribe|Start)")))
                        .click();

                page.waitForURL(Pattern.compile(".*/success.*"));
                assertThat(page.getByText("Your plan has begun.")).isVisible();
                look(page, screen, "plan-begun");
                String success = page.url();
                page.navigate(success);
                assertThat(page.getByText("Your plan has begun.")).isVisible();
                page.navigate(success.replace("session_id=cs_", "session_id=cs_forged_"));
                assertThat(page.getByRole(AriaRole.HEADING)).hasText("No such payment");

                page.navigate(topUp);
                page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName(Pattern.compile("Team")))
                        .first()
                        .click();
                assertThat(page.getByText("This account has the plan pro.")).isVisible();
                look(page, screen, "plan-exists");
            }
        }

        @ParameterizedTest
        @EnumSource
        void paysInAnotherCurrency(Screen screen) {
            Customer customer = operator.createAccount("yen");
            try (Browser browser = new Browser();
                    BrowserContext context = browser.on(screen)) {
                Page page = context.newPage();
                page.navigate(topUpUrl(customer) + "?currency=jpy");
                assertThat(page.getByText("¥750")).isVisible();
                look(page, screen, "yen");
            }
        }

        @Test
        void readsThatStripeIsAway() {
            Customer customer = operator.createAccount("away");
            installation.stripe().outage(Outage.REFUSE, 0);

            HttpResponse<String> page =
                    gateway.postForm(topUpUrl(customer).replaceFirst("^https?://[^/]+", ""), "plan=pro%2Fmonth");

            assertThat(page.statusCode()).isEqualTo(503);
            assertThat(page.headers().firstValue("Retry-After")).hasValue("10");
            assertThat(page.body()).contains("Stripe does not answer right now. Nothing was charged");
        }

        private String topUpUrl(Customer customer) {
            return Calls.topUpUrl(Calls.call(gateway, customer));
        }

        private static void look(Page page, Screen screen, String name) {
            String file = name + "-" + screen.name().toLowerCase(Locale.ROOT) + ".png";
            page.screenshot(
                    new ScreenshotOptions().setPath(SCREENSHOTS.resolve(file)).setFullPage(true));
            assertThat(new AxeBuilder(page).analyze().getViolations())
                    .extracting(rule -> rule.getId() + ": " + rule.getDescription())
                    .isEmpty();
            assertThat(page.evaluate("() => document.documentElement.scrollWidth > window.innerWidth"))
                    .as("it has to be scrolled sideways")
                    .isEqualTo(false);
        }
    }

    private void put(String path, String line) {
        HttpResponse<String> answer = send("PUT", path, line);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    private HttpResponse<String> send(String method, String path, @Nullable String body) {
        return gateway.send(gateway.request(CATALOG + path)
                .header("Authorization", "Bearer " + Installation.ADMIN_TOKEN)
                .header("Content-Type", "application/json")
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body)));
    }
}
