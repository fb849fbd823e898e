package io.tollgate.sandbox.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.exception.StripeException;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The pages for people and the control API for scripts, through a plain HTTP client. */
class HostedPagesTest {
    private final SimulatedStripe stripe = new SimulatedStripe();
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @AfterEach
    void stop() {
        http.close();
        stripe.close();
    }

    private HttpResponse<String> get(URI uri) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> post(URI uri, String type, String body) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(uri)
                        .header("Content-Type", type)
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> submit(URI page, String number, String name) throws Exception {
        return post(
                page,
                "application/x-www-form-urlencoded",
                "number=" + encode(number) + "&expiry=" + encode("12 / 34") + "&cvc=123&name=" + encode(name));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private URI page() throws StripeException {
        return URI.create(stripe.session().getUrl());
    }

    @Nested
    class Paying {
        @Test
        void startsFromAPrefilledPageThatEscapesEverything() throws Exception {
            HttpResponse<String> shown = get(page());

            assertThat(shown.statusCode()).isEqualTo(200);
            assertThat(shown.body())
                    .contains("4242 4242 4242 4242", "Pay $9.00", "<label for=\"number\">", "viewport")
                    .contains("&lt;b&gt;100&lt;/b&gt; credits")
                    .doesNotContain("<b>100</b>")
                    .contains("href=\"http://localhost:9/back?a=1&amp;b=2\"");
            assertThat(shown.headers().firstValue("Content-Security-Policy")).isPresent();
        }

        @Test
        void sendsTheBuyerBackWithTheSession() throws Exception {
            URI page = page();

            HttpResponse<String> paid = submit(page, "4242 4242 4242 4242", "Ada");

            String id = page.getPath().substring("/c/pay/".length());
            assertThat(paid.statusCode()).isEqualTo(303);
            assertThat(paid.headers().firstValue("Location")).hasValue("http://localhost:9/return?session_id=" + id);
            assertThat(stripe.client
                            .v1()
                            .checkout()
                            .sessions()
                            .retrieve(id)
                            .getCustomerDetails()
                            .getName())
                    .isEqualTo("Ada");
        }

        @Test
        void saysSoWhenDoneTwice() throws Exception {
            URI page = page();
            submit(page, SimulatedStripe.VISA, "Ada");

            HttpResponse<String> again = submit(page, SimulatedStripe.VISA, "Ada");

            assertThat(again.statusCode()).isEqualTo(200);
            assertThat(again.body()).contains("This payment is complete").doesNotContain("<form");
            assertThat(stripe.simulator.eventIds("charge.succeeded")).hasSize(1);
        }

        @Test
        void showsWhyACardWasDeclinedAndLetsTheBuyerTryAgain() throws Exception {
            URI page = page();

            HttpResponse<String> declined = submit(page, "4000 0000 0000 9995", "\"><script>");
            HttpResponse<String> paid = submit(page, SimulatedStripe.VISA, "Ada");

            assertThat(declined.statusCode()).isEqualTo(402);
            assertThat(declined.body())
                    .contains("Your card has insufficient funds.", "role=\"alert\"", "4000 0000 0000 9995")
                    .doesNotContain("<script>");
            assertThat(paid.statusCode()).isEqualTo(303);
            assertThat(stripe.simulator.eventIds("payment_intent.created")).hasSize(1);
            assertThat(stripe.simulator.eventIds("payment_intent.payment_failed"))
                    .hasSize(1);
        }

        @Test
        void refusesNumbersThatAreNoTestCards() throws Exception {
            URI page = page();

            assertThat(submit(page, "4242 4242 4242 4241", "Ada").body()).contains("card number is incorrect");
            assertThat(submit(page, "4111 1111 1111 1111", "Ada").body()).contains("test cards");
            assertThat(post(page, "application/x-www-form-urlencoded", "number=%zz")
                            .statusCode())
                    .isEqualTo(400);
        }

        @Test
        void isOverOnceTheSessionExpired() throws Exception {
            URI page = page();
            stripe.simulator.expire(page.getPath().substring("/c/pay/".length()));

            assertThat(get(page).body()).contains("has expired", "Back");
            assertThat(submit(page, SimulatedStripe.VISA, "Ada").body()).contains("has expired");
            assertThat(get(stripe.at("/c/pay/cs_test_none")).statusCode()).isEqualTo(404);
        }
    }

    @Nested
    class Controlling {
        private final JsonMapper json = JsonMapper.builder().build();

        private HttpResponse<String> control(String path, String body) throws Exception {
            return post(stripe.at("/_fake/" + path), "application/json", body);
        }

        @Test
        void paysASession() throws Exception {
            String id = stripe.session().getId();

            HttpResponse<String> declined =
                    control("sessions/" + id + "/pay", "{\"card\":\"" + SimulatedStripe.DECLINED + "\"}");
            HttpResponse<String> paid = control("sessions/" + id + "/pay", "");

            assertThat(declined.statusCode()).isEqualTo(402);
            assertThat(json.readTree(declined.body()).at("/error/decline_code").asString())
                    .isEqualTo("generic_decline");
            assertThat(json.readTree(paid.body()).path("paymentIntent").asString())
                    .startsWith("pi_");
        }

        @Test
        void setsModesAndShowsThem() throws Exception {
            control("webhooks/mode", "{\"hold\":true,\"duplicates\":1}");
            control("outage", "{\"mode\":\"error-500\",\"count\":3}");

            JsonNode state = json.readTree(get(stripe.at("/_fake/state")).body());

            assertThat(state.at("/webhooks/hold").asBoolean()).isTrue();
            assertThat(state.at("/webhooks/duplicates").asInt()).isEqualTo(1);
            assertThat(state.path("outage").asString()).isEqualTo("ERROR_500");
        }

        @Test
        void advancesTheClock() throws Exception {
            String id = stripe.session().getId();

            HttpResponse<String> advanced = control("clock/advance", "{\"seconds\":90000}");

            assertThat(advanced.statusCode()).isEqualTo(200);
            assertThat(stripe.client.v1().checkout().sessions().retrieve(id).getStatus())
                    .isEqualTo("expired");
        }

        @Test
        void deliversAsItIsTold() throws Exception {
            try (WebhookReceiver receiver = new WebhookReceiver()) {
                control("webhooks/endpoints", "{\"urls\":[\"" + receiver.uri() + "\"]}");
                control("webhooks/mode", "{\"hold\":true}");
                control("sessions/" + stripe.session().getId() + "/pay", "{}");
                String event =
                        stripe.simulator.eventIds("checkout.session.completed").getFirst();

                JsonNode flushed = json.readTree(control("webhooks/flush", "").body());
                JsonNode repeated =
                        json.readTree(control("events/" + event + "/deliver", "{\"copies\":3,\"parallel\":true}")
                                .body());
                JsonNode log = json.readTree(get(stripe.at("/_fake/deliveries")).body());

                assertThat(flushed.findValuesAsString("status"))
                        .containsOnly("200")
                        .hasSize(4);
                assertThat(repeated.findValuesAsString("event"))
                        .containsOnly(event)
                        .hasSize(3);
                assertThat(log).hasSize(7);
                assertThat(receiver.received).hasSize(7);
            }
        }

        @Test
        void saysWhatIsWrong() throws Exception {
            assertThat(control("outage", "{\"mode\":\"earthquake\"}").statusCode())
                    .isEqualTo(400);
            assertThat(control("clock/advance", "{\"seconds\":-1}").body()).contains("seconds must be between");
            assertThat(control("webhooks/mode", "{").statusCode()).isEqualTo(400);
            assertThat(control("webhooks/mode", "{\"hold\":1}").statusCode()).isEqualTo(400);
            assertThat(control("events/evt_none/deliver", "{}").statusCode()).isEqualTo(404);
            assertThat(control("nonsense", "{}").statusCode()).isEqualTo(404);
        }
    }
}
