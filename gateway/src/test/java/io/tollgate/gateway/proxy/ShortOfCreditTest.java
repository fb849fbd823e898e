package io.tollgate.gateway.proxy;

import static io.tollgate.gateway.proxy.Client.chat;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.tollgate.gateway.proxy.Gateway.Customer;
import io.tollgate.metering.account.Balance;
import io.tollgate.metering.credit.Credits;
import io.tollgate.sandbox.ai.Behaviour;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An input token costs 500 micro-credits, an output token 2000; 40 output tokens are held where no cap is given. */
@Timeout(60)
class ShortOfCreditTest {

    private static final String CUTS = "/cuts/chat/completions";
    private static final String TRUSTS = "/trusts/chat/completions";
    private static final String STREAM = ",\"stream\":true,\"stream_options\":{\"include_usage\":true}";
    private static final String TALKATIVE = "gpt-sim-slow";
    private static final int LONG = 300;

    private static Gateway gateway;
    private static Client client;

    @BeforeAll
    static void start() {
        gateway = new Gateway();
        client = new Client(gateway.url());
        gateway.ai.behave(TALKATIVE, Behaviour.fast().withTokens(LONG, LONG).withBetweenChunks(Duration.ofMillis(4)));
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @Nested
    class AStreamLongerThanTheSlice {
        @Test
        void isRaisedAndChargedExactly() {
            Customer customer = gateway.customer("100");
            double before = raises("held");

            HttpResponse<String> answer = client.post(CUTS, customer.key(), chat(TALKATIVE, STREAM));

            assertThat(answer.body()).endsWith("data: [DONE]\n\n");
            assertThat(raises("held") - before).isBetween(6.0, 9.0);
            Credits cost = Credits.parse(found(answer.body(), "\"tollgate_cost\":([0-9.]+)"));
            long input = Long.parseLong(found(answer.body(), "\"prompt_tokens\":(\\d+)"));
            assertThat(cost.micros()).isEqualTo(input * 500 + LONG * 2000);
            assertThat(gateway.settled(customer))
                    .isEqualTo(new Balance(Credits.of(100).minus(cost).micros(), 0));
        }

        @Test
        void isCutWhenTheCreditEndsAndChargedForWhatWasDelivered() {
            Customer customer = gateway.customer("0.3");
            String body = chat(TALKATIVE, STREAM);

            HttpResponse<String> answer = client.post(CUTS, customer.key(), body);

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body())
                    .containsPattern("data: \\{\"error\":\\{\"message\":\"[^\"]+\",\"type\":\"insufficient_quota\","
                            + "\"param\":null,\"code\":\"credit_ran_out\"[^\n]*}\n\n$")
                    .doesNotContain("[DONE]");
            long delivered = events(answer.body());
            long pays = (300_000 - 500 * heldInput(body)) / 2000;
            assertThat(delivered).isBetween(pays, pays + 5);
            Balance after = gateway.settled(customer);
            assertThat(after.postedMicros()).isGreaterThanOrEqualTo(0);
            assertThat(300_000 - after.postedMicros())
                    .isEqualTo(Math.min(300_000, chargedInput(body) * 500 + delivered * 2000));
            gateway.deliveryOf(customer, delivery -> delivery.end().equals("cut"));
        }

        @Test
        void goesOnIntoDebtWhereTheRouteAllowsIt() {
            Customer customer = gateway.customer("0.3");

            HttpResponse<String> answer = client.post(TRUSTS, customer.key(), chat(TALKATIVE, STREAM));

            assertThat(answer.body()).endsWith("data: [DONE]\n\n");
            Credits cost = Credits.parse(found(answer.body(), "\"tollgate_cost\":([0-9.]+)"));
            assertThat(cost.micros()).isGreaterThan(LONG * 2000);
            assertThat(gateway.settled(customer)).isEqualTo(new Balance(300_000 - cost.micros(), 0));
        }

        @Test
        void isNotRaisedWhereTheClientGaveACap() {
            Customer customer = gateway.customer("100");
            double before = raises("held");

            HttpResponse<String> answer =
                    client.post(CUTS, customer.key(), chat(TALKATIVE, STREAM + ",\"max_tokens\":200"));

            assertThat(events(answer.body())).isEqualTo(200);
            assertThat(raises("held")).isEqualTo(before);
        }
    }

    @Nested
    class ACapThatIsTooDear {
        @Test
        void isLoweredWhereTheClientGaveNoneWhichTheHeaderTellsAndTheUpstreamReads() {
            String body = chat("gpt-sim", "");
            Customer customer = gateway.customer(decimal(heldInput(body) * 500 + 20 * 2000));

            HttpResponse<String> answer = client.post(CUTS, customer.key(), body);

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("Tollgate-Output-Cap")).hasValue("20");
            assertThat(answer.headers().firstValue("Tollgate-Available")).hasValue("0");
            assertThat(answer.body()).contains("\"completion_tokens\":20,").contains("\"finish_reason\":\"length\"");
        }

        @Test
        void isLoweredForAStreamToo() {
            String body = chat(TALKATIVE, STREAM);
            Customer customer = gateway.customer(decimal(heldInput(body) * 500 + 30 * 2000));

            HttpResponse<String> answer = client.post(CUTS, customer.key(), body);

            assertThat(answer.headers().firstValue("Tollgate-Output-Cap")).hasValue("30");
            assertThat(answer.body()).endsWith("data: [DONE]\n\n").contains("\"completion_tokens\":30,");
            assertThat(gateway.settled(customer).postedMicros()).isGreaterThanOrEqualTo(0);
        }

        @Test
        void isNotLoweredWhereItIsTheClientsOwn() {
            String body = chat("gpt-sim", ",\"max_tokens\":500");
            Customer customer = gateway.customer(decimal(heldInput(body) * 500 + 20 * 2000));

            HttpResponse<String> answer = client.post(CUTS, customer.key(), body);

            assertThat(answer.statusCode()).isEqualTo(402);
            assertThat(answer.headers().firstValue("Tollgate-Reason")).hasValue("call_exceeds_credit");
            assertThat(answer.body())
                    .contains("\"affordable_output_tokens\":\"20\"")
                    .contains("\"required\":\"" + decimal(heldInput(body) * 500 + 500 * 2000) + "\"")
                    .contains("\"top_up_url\":\"http");
            assertThat(gateway.settled(customer).heldMicros()).isZero();
        }

        @Test
        void isLoweredThoughItIsTheClientsOwnWhereTheRouteSaysSo() {
            String body = chat("gpt-sim", ",\"max_tokens\":500");
            Customer customer = gateway.customer(decimal(heldInput(body) * 500 + 20 * 2000));

            HttpResponse<String> answer = client.post(TRUSTS, customer.key(), body);

            assertThat(answer.headers().firstValue("Tollgate-Output-Cap")).hasValue("20");
            assertThat(answer.body()).contains("\"completion_tokens\":20,");
        }
    }

    @Nested
    class WhatIsHeld {
        @Test
        void isToldByWhatIsLeftAvailable() {
            Customer customer = gateway.customer("10");
            String body = chat("gpt-sim", ",\"max_output_tokens\":50");

            HttpResponse<String> answer = client.post(CUTS, customer.key(), body);

            assertThat(answer.headers().firstValue("Tollgate-Available"))
                    .hasValue(decimal(10_000_000 - heldInput(body) * 500 - 50 * 2000));
            assertThat(answer.headers().firstValue("Tollgate-Output-Cap")).isEmpty();
        }

        @Test
        void isTheModelsWholeInputForAnImageByItsAddress() {
            Customer customer = gateway.customer("0.5");
            String image =
                    "{\"model\":\"gpt-sim\",\"max_tokens\":100,\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"image_url\",\"image_url\":{\"url\":\"https://example.com/a.png\"}}]}]}";

            HttpResponse<String> answer = client.post(CUTS, customer.key(), image);

            assertThat(answer.statusCode()).isEqualTo(402);
            assertThat(answer.body()).contains("\"required\":\"" + decimal(1000 * 500 + 100 * 2000) + "\"");
        }
    }

    private static double raises(String result) {
        return gateway.bean(MeterRegistry.class)
                .counter("tollgate.holds.raises", "result", result)
                .count();
    }

    private static long heldInput(String body) {
        return Math.ceilDiv(body.length(), 3L);
    }

    private static long chargedInput(String body) {
        return Math.ceilDiv(body.length(), 4L);
    }

    private static String decimal(long micros) {
        return Credits.ofMicros(micros).toDecimal();
    }

    /** Events with text. */
    private static long events(String stream) {
        return stream.lines()
                .filter(line -> line.contains("\"delta\":{\"content\":\"") && !line.contains("\"content\":\"\""))
                .count();
    }

    private static String found(String text, String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        assertThat(matcher.find()).as("%s in %s", pattern, text).isTrue();
        return matcher.group(1);
    }
}
