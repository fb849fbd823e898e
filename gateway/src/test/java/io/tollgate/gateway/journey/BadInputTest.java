package io.tollgate.gateway.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tollgate.gateway.installation.GatewayClient;
import io.tollgate.gateway.installation.Installation;
import io.tollgate.gateway.installation.Operator;
import io.tollgate.gateway.installation.Operator.Customer;
import io.tollgate.gateway.topup.PastLinks;
import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.credit.Credits;
import io.tollgate.sandbox.stripe.Outage;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What our pages and APIs answer to what nobody should send. None of it may be a 500, hold credit or charge anything. */
class BadInputTest {

    private final Installation installation = Installation.shared();
    private final GatewayClient gateway = Installation.sharedClient();
    private final Operator operator = new Operator(gateway, Installation.ADMIN_TOKEN);

    @Nested
    class OfKeys {
        @Test
        void aMissingKeyIs401EverywhereItIsNeeded() {
            assertProblem(gateway.get("/api/balance", null), 401, "missing_api_key");
            assertProblem(gateway.postJson("/api/checkout", "{}", null), 401, "missing_api_key");
            assertThat(gateway.postJson(Calls.PATH, Calls.tenCents(), null).statusCode())
                    .isEqualTo(401);
        }

        @Test
        void aRevokedKeyStopsWithinASecond() {
            Customer customer = operator.customerWith(Credits.of(1));
            assertThat(gateway.get("/api/balance", customer.key()).statusCode()).isEqualTo(200);
            JsonNode second = Calls.json(gateway.postJson(
                    "/admin/api/accounts/" + customer.account() + "/keys", "{}", Installation.ADMIN_TOKEN));

            HttpResponse<String> revoked = gateway.send(gateway.request("/admin/api/accounts/" + customer.account()
                            + "/keys/" + second.required("id").asString())
                    .header("Authorization", "Bearer " + Installation.ADMIN_TOKEN)
                    .DELETE());

            assertThat(revoked.statusCode()).isEqualTo(204);
            await().atMost(Duration.ofSeconds(3))
                    .untilAsserted(() -> assertProblem(
                            gateway.get("/api/balance", second.required("key").asString()), 401, "revoked_api_key"));
            assertThat(gateway.get("/api/balance", customer.key()).statusCode()).isEqualTo(200);
        }
    }

    @Nested
    class OfPaths {
        @Test
        void anUnknownPathIs404() {
            assertProblem(gateway.get("/nothing/here", null), 404, "not_found");
            assertProblem(gateway.get("/v1/nothing", null), 404, "not_found");
            assertProblem(gateway.get("/admin/api/nothing", Installation.ADMIN_TOKEN), 404, "not_found");
        }
    }

    @Nested
    class OfTheAdminApi {
        @Test
        void withoutTheTokenNothingOfItIsOpen() {
            assertProblem(gateway.get("/admin/api/conservation", null), 401, "invalid_admin_token");
            assertProblem(gateway.get("/admin/api/conservation", "wrong"), 401, "invalid_admin_token");
            assertProblem(gateway.postJson("/admin/api/bulk-accounts", "{}", null), 401, "invalid_admin_token");
        }

        @Test
        void aGrantNeedsAnIdempotencyKeyAnAmountAndAnAccount() {
            Customer customer = operator.createAccount("grants");

            assertProblem(grant(customer.account(), null, "{\"credits\":\"1\"}"), 400, "invalid_request");
            assertProblem(grant(customer.account(), "k", "{}"), 400, "invalid_request");
            assertProblem(grant(customer.account(), "k", "{\"credits\":\"-1\"}"), 400, "invalid_request");
            assertProblem(grant(customer.account(), "k", "{\"credits\":\"1e999999999\"}"), 400, "invalid_request");
            assertProblem(grant(customer.account(), "k", "{\"credits\":\"0.0000001\"}"), 400, "invalid_request");
            assertThat(grant(customer.account(), "k", "{").statusCode()).isEqualTo(400);
            assertThat(grant(customer.account(), "k", "[]").statusCode()).isEqualTo(400);
            assertProblem(grant("nobody", "k", "{\"credits\":\"1\"}"), 404, "no_such_account");
            assertThat(operator.balance(customer).required("posted").asString()).isEqualTo("0");
        }

        @Test
        void aRepeatedGrantIsGivenOnce() {
            Customer customer = operator.createAccount("repeats");

            assertThat(grant(customer.account(), "gift", "{\"credits\":\"1\"}").statusCode())
                    .isEqualTo(201);
            assertThat(grant(customer.account(), "gift", "{\"credits\":\"1\"}").statusCode())
                    .isEqualTo(200);
            assertProblem(grant(customer.account(), "gift", "{\"credits\":\"2\"}"), 409, "idempotency_key_reused");

            assertThat(operator.balance(customer).required("posted").asString()).isEqualTo("1");
        }

        @Test
        void bulkCreationSentTwiceGivesTheSameAccountsOnce() {
            String body = "{\"accounts\":[{\"id\":\"bulk-1\",\"key\":\"sk-bulk-000000000001\",\"credits\":\"3\"}]}";

            gateway.postJson("/admin/api/bulk-accounts", body, Installation.ADMIN_TOKEN);
            HttpResponse<String> again = gateway.postJson("/admin/api/bulk-accounts", body, Installation.ADMIN_TOKEN);

            assertThat(again.statusCode()).isEqualTo(200);
            assertThat(Calls.json(gateway.get("/api/balance", "sk-bulk-000000000001"))
                            .required("posted")
                            .asString())
                    .isEqualTo("3");
        }
    }

    @Nested
    class OfCheckout {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{\"amount_minor\":499}",
                    "{\"amount_minor\":50001}",
                    "{\"amount_minor\":-500}",
                    "{\"amount_minor\":500.5}",
                    "{\"amount_minor\":1e400}"
                })
        void anAmountOutOfBoundsIs422WithTheBounds(String body) {
            Customer customer = operator.createAccount("bounds");

            HttpResponse<String> refused = gateway.postJson("/api/checkout", body, customer.key());

            assertProblem(refused, 422, "amount_out_of_bounds");
            assertThat(Calls.json(refused).required("minimum_minor").asLong()).isEqualTo(500);
            assertThat(Calls.json(refused).required("maximum_minor").asLong()).isEqualTo(50_000);
            assertThat(Calls.json(refused).required("currency").asString()).isEqualTo("usd");
        }

        @Test
        void whatIsNoChoiceIs422AndWhatIsNoJsonIs400() {
            Customer customer = operator.createAccount("choices");

            assertProblem(gateway.postJson("/api/checkout", "{}", customer.key()), 422, "no_choice");
            assertProblem(gateway.postJson("/api/checkout", "", customer.key()), 422, "no_choice");
            assertProblem(
                    gateway.postJson("/api/checkout", "{\"pack\":\"small\",\"amount_minor\":500}", customer.key()),
                    422,
                    "no_choice");
            assertProblem(
                    gateway.postJson("/api/checkout", "{\"pack\":\"free\"}", customer.key()), 422, "unknown_pack");
            assertProblem(gateway.postJson("/api/checkout", "{", customer.key()), 400, "invalid_request");
            assertProblem(gateway.postJson("/api/checkout", "[1]", customer.key()), 400, "invalid_request");
            assertThat(gateway.postJson("/api/checkout", "{\"amount_minor\":\"five\"}", customer.key())
                            .statusCode())
                    .isEqualTo(400);
        }
    }

    @Nested
    class OfTheTopUpPage {
        private final String page = path(Calls.topUpUrl(Calls.call(gateway, operator.createAccount("page"))));

        @ParameterizedTest
        @ValueSource(strings = {"4.99", "500.01", "0", "-5", "1e3", "5.001", "", "five", "99999999999999999999"})
        void anAmountOutOfBoundsIs422WithTheBounds(String amount) {
            HttpResponse<String> refused = gateway.postForm(page, "amount=" + amount);

            assertThat(refused.statusCode()).isEqualTo(422);
            assertThat(refused.body()).contains("between $5.00 and $500.00");
        }

        @Test
        void aProgramGetsTheBoundsAsAProblem() {
            HttpResponse<String> refused = gateway.send(gateway.request(page)
                    .header("Accept", "application/json")
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(BodyPublishers.ofString("amount=1")));

            assertProblem(refused, 422, "amount_out_of_bounds");
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "nothing=1", "pack=", "pack=%00", "pack=%zz", "pack=small%ff", "amount=%e2%82%ac5"})
        void aFormThatNamesNothingForSaleIsRefused(String form) {
            assertThat(gateway.postForm(page, form).statusCode()).isBetween(400, 422);
        }

        @Test
        void aFormLargerThanAnyOfOursIs413() {
            assertProblem(gateway.postForm(page, "pack=" + "x".repeat(1_000_000)), 413, "request_too_large");
        }

        @Test
        void aTamperedLinkIsAProblemToAProgram() {
            HttpResponse<String> refused =
                    gateway.send(gateway.request(page + "x").header("Accept", "application/json"));

            assertProblem(refused, 403, "link_invalid");
        }

        @Test
        void whatWasTypedComesBackAsTextAndNotAsMarkup() {
            HttpResponse<String> refused = gateway.postForm(page, "amount=%22%3E%3Cscript%3E");

            assertThat(refused.body()).doesNotContain("\"><script>").contains("&quot;&gt;&lt;script&gt;");
        }

        @Test
        void aTamperedLinkIsA403PageThatSaysSo() {
            String tampered = page.substring(0, page.length() - 2) + (page.endsWith("AA") ? "BB" : "AA");

            assertThat(gateway.get(tampered, null))
                    .returns(403, HttpResponse::statusCode)
                    .satisfies(answer -> assertThat(answer.body()).contains("This link is not valid"));
            assertThat(gateway.postForm(tampered, "pack=small").statusCode()).isEqualTo(403);
            assertThat(gateway.get(page + "/success?session_id=cs_test_1", null).statusCode())
                    .isEqualTo(403);
        }

        @Test
        void anExpiredLinkIsA403PageThatSaysSo() {
            AccountId account = new AccountId(operator.createAccount("late").account());
            String expired = path(PastLinks.expired(
                            URI.create("http://localhost"), Installation.TOP_UP_SECRET, account, Duration.ofSeconds(1))
                    .toString());

            assertThat(gateway.get(expired, null))
                    .returns(403, HttpResponse::statusCode)
                    .satisfies(answer -> assertThat(answer.body()).contains("This link has expired"));
            assertThat(gateway.postForm(expired, "pack=small").statusCode()).isEqualTo(403);
        }

        @Test
        void neitherThePageNorItsAddressMayBeKeptOrSentOn() {
            HttpResponse<String> shown = gateway.get(page, null);

            assertThat(shown.headers().firstValue("Cache-Control")).hasValue("no-store");
            assertThat(shown.headers().firstValue("Referrer-Policy")).hasValue("no-referrer");
            assertThat(shown.headers().firstValue("Content-Security-Policy"))
                    .hasValueSatisfying(policy -> assertThat(policy)
                            .contains("default-src 'none'", "frame-ancestors 'none'")
                            .doesNotContain("unsafe"));
        }

        @Test
        void whileStripeIsDownTheyAre503AndSaySo() {
            installation.stripe().outage(Outage.ERROR_500, 100);
            try {
                HttpResponse<String> refused = gateway.postForm(page, "pack=small");

                assertThat(refused.statusCode()).isEqualTo(503);
                assertThat(refused.body()).contains("Stripe does not answer");
            } finally {
                installation.stripe().endOutage();
            }
        }

        @Test
        void aForgedSessionIs404() {
            String cancel = page + "/cancel";

            assertThat(gateway.get(cancel, null).body()).contains("Nothing was charged");
            assertThat(gateway.get("/top-up/nonsense/cancel", null).statusCode())
                    .isEqualTo(403);
        }
    }

    @Nested
    class OfWebhooks {
        private static final String EVENT =
                "{\"id\":\"evt_forged\",\"object\":\"event\",\"type\":\"checkout.session.completed\",\"data\":{\"object\":{\"id\":\"cs_test_forged\",\"object\":\"checkout.session\"}}}";

        @Test
        void whatIsNotSignedByStripeIs400() {
            long now = Instant.now().getEpochSecond();

            assertProblem(deliver(EVENT, null), 400, "signature_missing");
            assertProblem(deliver(EVENT, "nonsense"), 400, "signature_malformed");
            assertProblem(deliver(EVENT, "t=" + now + ",v1=00"), 400, "signature_wrong");
            assertProblem(deliver(EVENT, signed("other", now)), 400, "signature_wrong");
            assertProblem(deliver(EVENT, signed(EVENT, now - 3_600)), 400, "stale");
            assertProblem(deliver(EVENT, signed(EVENT, now + 3_600)), 400, "future_dated");
            assertProblem(deliver("not json", signed("not json", now)), 400, "body_malformed");
            assertProblem(deliver("", signed("", now)), 400, "body_malformed");
        }

        @Test
        void aBodyLargerThanAnEventIs413() {
            String large = "x".repeat(600_000);

            assertProblem(deliver(large, signed(large, Instant.now().getEpochSecond())), 413, "body_too_large");
        }

        private HttpResponse<String> deliver(String body, @Nullable String signature) {
            var request = gateway.request("/api/webhooks/stripe").POST(BodyPublishers.ofString(body));
            return gateway.send(signature == null ? request : request.header("Stripe-Signature", signature));
        }

        private static String signed(String body, long seconds) {
            try {
                Mac mac = Mac.getInstance("HmacSHA256");
                mac.init(new SecretKeySpec(Installation.WEBHOOK_SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
                byte[] signature = mac.doFinal((seconds + "." + body).getBytes(StandardCharsets.UTF_8));
                return "t=" + seconds + ",v1=" + HexFormat.of().formatHex(signature);
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private HttpResponse<String> grant(String account, @Nullable String idempotencyKey, String body) {
        var request = gateway.request("/admin/api/accounts/" + account + "/grants")
                .header("Authorization", "Bearer " + Installation.ADMIN_TOKEN)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body));
        return gateway.send(idempotencyKey == null ? request : request.header("Idempotency-Key", idempotencyKey));
    }

    private static void assertProblem(HttpResponse<String> response, int status, String code) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(Calls.json(response).required("code").asString()).isEqualTo(code);
        assertThat(Calls.json(response).required("detail").asString()).isNotBlank();
    }

    private static String path(String url) {
        return URI.create(url).getRawPath();
    }
}
