package io.tollgate.sandbox.ai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class AiSimulatorTest {
    private static final String HI = "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]";
    private AiSimulator simulator;
    private HttpClient http;

    @BeforeEach
    void start() {
        simulator = AiSimulator.start(AiSettings.defaults().withMaxBodyBytes(100_000));
        http = HttpClient.newHttpClient();
    }

    @AfterEach
    void stop() {
        http.close();
        simulator.close();
    }

    @Nested
    class BadRequests {
        @ParameterizedTest(name = "{0}")
        @CsvSource(
                delimiter = '|',
                value = {
                    "nothing|",
                    "no JSON|hello",
                    "half of it|{\"model\":\"gpt-sim\",",
                    "something behind it|{\"model\":\"gpt-sim\",\"messages\":[{\"role\":\"user\"}]} {}",
                    "an array|[]",
                    "no model|{\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}",
                    "a model that is a number|{\"model\":7,\"messages\":[{\"role\":\"user\"}]}",
                    "no messages|{\"model\":\"gpt-sim\"}",
                    "empty messages|{\"model\":\"gpt-sim\",\"messages\":[]}",
                    "messages as text|{\"model\":\"gpt-sim\",\"messages\":\"hi\"}",
                    "a message as text|{\"model\":\"gpt-sim\",\"messages\":[\"hi\"]}",
                    "no role|{\"model\":\"gpt-sim\",\"messages\":[{\"content\":\"hi\"}]}",
                    "stream as text|{\"model\":\"gpt-sim\",\"messages\":[{\"role\":\"user\"}],\"stream\":\"yes\"}",
                    "a negative cap|{\"model\":\"gpt-sim\",\"messages\":[{\"role\":\"user\"}],\"max_tokens\":-1}",
                    "an immense cap|{\"model\":\"gpt-sim\",\"messages\":[{\"role\":\"user\"}],\"max_tokens\":99999999999}",
                    "many choices|{\"model\":\"gpt-sim\",\"messages\":[{\"role\":\"user\"}],\"n\":1000}",
                })
        void areRefusedInTheProvidersShape(String what, String body) throws Exception {
            HttpResponse<String> response = post("/v1/chat/completions", body == null ? "" : body);

            assertThat(response.statusCode()).as(what).isEqualTo(400);
            assertThat(json(response).path("error").path("type").asString()).isEqualTo("invalid_request_error");
            assertThat(simulator.deliveries().totals()).isEqualTo(DeliveryTotals.NONE);
        }

        @Test
        void thatAreTooLargeAreNotRead() throws IOException {
            try (RawConnection connection = new RawConnection(simulator)) {
                connection.sendRaw("POST /v1/chat/completions HTTP/1.1\r\nhost: sim\r\ncontent-length: 100001\r\n\r\n");

                assertThat(connection.readToTheEnd().bytes())
                        .startsWith("HTTP/1.1 413 ")
                        .contains("request_too_large");
            }
        }

        @Test
        void toUnknownPathsAndMethodsAreNotServed() throws Exception {
            assertThat(post("/v1/embeddings", "{}").statusCode()).isEqualTo(404);
            assertThat(send("GET", "/v1/chat/completions", "").statusCode()).isEqualTo(405);
        }
    }

    @Nested
    class Counting {
        @Test
        void readsTextPartsAndToolsButNotPictures() throws Exception {
            String parts =
                    "[{\"type\":\"text\",\"text\":\"one two\"},{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:xyz\"}}]";
            JsonNode usage = json(post(
                            "/v1/chat/completions",
                            "{\"model\":\"gpt-sim\",\"messages\":[{\"role\":\"user\",\"content\":" + parts + "}],"
                                    + "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"weather\"}}]}"))
                    .path("usage");

            int expected = 3 + 3 + Tokens.count("user") + Tokens.count("one two") + 85 + Tokens.count("weather");
            assertThat(usage.path("prompt_tokens").asInt()).isEqualTo(expected);
        }
    }

    @Nested
    class Delivered {
        @Test
        void isKnownByRequestAndAccountBeforeTheClientIsDone() throws Exception {
            HttpResponse<String> response = post(
                    "/v1/chat/completions",
                    "{\"model\":\"gpt-sim\"," + HI + ",\"stream\":true}",
                    "Tollgate-Request-Id",
                    "call-1",
                    "Tollgate-Account",
                    "acme");

            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(simulator.deliveries().of("call-1")).singleElement().satisfies(delivery -> {
                assertThat(delivery.isFinished()).isTrue();
                assertThat(delivery.deliveredTokens())
                        .isEqualTo(delivery.generatedTokens())
                        .isPositive();
                assertThat(delivery.usage()).isEqualTo("none");
            });
            assertThat(simulator.deliveries().totals("acme").finished()).isEqualTo(1);
        }

        @Test
        void endsWhereTheClientLeaves() throws IOException {
            simulator.behave(Behaviour.fast().withTokens(1_000, 1_000).withBetweenChunks(Duration.ofMillis(5)));

            try (RawConnection connection = new RawConnection(simulator)) {
                connection.send(
                        "POST",
                        "/v1/chat/completions",
                        "{\"model\":\"gpt-sim\"," + HI + ",\"stream\":true}",
                        "Tollgate-Request-Id: left");
                connection.readThrough("\"content\":\"");
                connection.readThrough("\"content\":\" ");
            }

            Delivery delivery = Eventually.value(
                    () -> simulator.deliveries().of("left").stream().findFirst());
            assertThat(delivery.end()).isEqualTo("cut");
            assertThat(delivery.deliveredTokens()).isBetween(1, 999);
        }

        @Test
        void isNothingWhereTheClientNeverReads() throws IOException {
            simulator.behave(Behaviour.fast().withTokens(1_000_000, 1_000_000));

            try (RawConnection connection = new RawConnection(simulator)) {
                connection.send(
                        "POST",
                        "/v1/chat/completions",
                        "{\"model\":\"gpt-sim\"," + HI + ",\"stream\":true}",
                        "Tollgate-Request-Id: deaf");
                connection.readThrough("\"content\":\" ");
            }

            Delivery delivery = Eventually.value(
                    () -> simulator.deliveries().of("deaf").stream().findFirst());
            assertThat(delivery.end()).isEqualTo("cut");
            assertThat(delivery.deliveredTokens()).isLessThan(500_000);
        }

        @Test
        void canBeReadAndForgottenOverHttp() throws Exception {
            for (String id : List.of("one", "two")) {
                post(
                        "/v1/chat/completions",
                        "{\"model\":\"gpt-sim\"," + HI + "}",
                        "Tollgate-Request-Id",
                        id,
                        "Tollgate-Account",
                        "acme");
            }

            JsonNode page = json(send("GET", "/_fake/deliveries?since=1&limit=5", ""));
            JsonNode totals = json(send("GET", "/_fake/deliveries/totals?account=acme", ""));
            send("DELETE", "/_fake/deliveries", "");

            assertThat(page.path("deliveries").size()).isEqualTo(1);
            assertThat(page.path("deliveries").path(0).path("requestId").asString())
                    .isEqualTo("two");
            assertThat(page.path("next").asLong()).isEqualTo(2);
            assertThat(totals.path("accounts").path("acme").path("finished").asLong())
                    .isEqualTo(2);
            assertThat(simulator.deliveries().totals()).isEqualTo(DeliveryTotals.NONE);
        }
    }

    @Nested
    class Behaving {
        @Test
        void changesOverHttpAndBack() throws Exception {
            send("PUT", "/_fake/behaviour", "{\"model\":\"gpt-sim\",\"fault\":\"status-429\"}");
            HttpResponse<String> limited = post("/v1/chat/completions", "{\"model\":\"gpt-sim\"," + HI + "}");
            send("DELETE", "/_fake/behaviour", "");
            HttpResponse<String> well = post("/v1/chat/completions", "{\"model\":\"gpt-sim\"," + HI + "}");

            assertThat(limited.statusCode()).isEqualTo(429);
            assertThat(limited.headers().firstValue("retry-after")).contains("1");
            assertThat(well.statusCode()).isEqualTo(200);
        }

        @ParameterizedTest
        @CsvSource({
            "'{\"fault\":\"unheard-of\"}'",
            "'{\"model\":\"gpt-9\"}'",
            "'{\"delay\":1}'",
            "'{\"minTokens\":0}'",
            "nonsense"
        })
        void isRefusedWhenItMakesNoSense(String body) throws Exception {
            assertThat(send("PUT", "/_fake/behaviour", body).statusCode()).isEqualTo(400);
        }
    }

    @Nested
    class Anthropic {
        @Test
        void answersWhole() throws Exception {
            JsonNode answer = json(post("/v1/messages", "{\"model\":\"claude-sim\",\"max_tokens\":9," + HI + "}"));

            String text = answer.path("content").path(0).path("text").asString();
            assertThat(answer.path("type").asString()).isEqualTo("message");
            assertThat(answer.path("stop_reason").asString()).isEqualTo("max_tokens");
            assertThat(answer.path("usage").path("output_tokens").asInt())
                    .isEqualTo(9)
                    .isEqualTo(Tokens.count(text));
        }

        @Test
        void streamsItsEvents() throws Exception {
            HttpResponse<String> answer =
                    post("/v1/messages", "{\"model\":\"claude-sim\",\"max_tokens\":3,\"stream\":true," + HI + "}");

            assertThat(answer.body().lines().filter(line -> line.startsWith("event: ")))
                    .containsExactly(
                            "event: message_start",
                            "event: content_block_start",
                            "event: ping",
                            "event: content_block_delta",
                            "event: content_block_delta",
                            "event: content_block_delta",
                            "event: content_block_stop",
                            "event: message_delta",
                            "event: message_stop");
            assertThat(answer.body().lines().filter(line -> line.startsWith("data: ")))
                    .allSatisfy(line -> JsonMapper.shared().readTree(line.substring(6)));
            assertThat(answer.body()).contains("\"output_tokens\":3}}");
        }

        @Test
        void refusesInItsOwnShape() throws Exception {
            HttpResponse<String> answer = post("/v1/messages", "{\"model\":\"claude-9\",\"max_tokens\":3," + HI + "}");

            assertThat(answer.statusCode()).isEqualTo(404);
            assertThat(json(answer).path("error").path("type").asString()).isEqualTo("not_found_error");
        }
    }

    @Nested
    class Ports {
        @Test
        void alreadyTakenAreNamed() throws IOException {
            try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                AiSettings settings = AiSettings.defaults().withPort(taken.getLocalPort());

                assertThatThrownBy(() -> AiSimulator.start(settings))
                        .hasMessageContaining("Port " + taken.getLocalPort() + " is taken")
                        .hasMessageContaining("TOLLGATE_AI_PORT");
            }
        }

        @Test
        void areFreeAgainAfterwards() {
            AiSimulator closed = AiSimulator.start(AiSettings.defaults());
            closed.close();

            assertThatThrownBy(() -> new RawConnection(closed)).isInstanceOf(ConnectException.class);
        }
    }

    private HttpResponse<String> post(String path, String body, String... headers) throws Exception {
        return send("POST", path, body, headers);
    }

    private HttpResponse<String> send(String method, String path, String body, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(simulator.url() + path))
                .method(method, BodyPublishers.ofString(body))
                .header("Authorization", "Bearer " + simulator.apiKey());
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private static JsonNode json(HttpResponse<String> response) {
        return JsonMapper.shared().readTree(response.body());
    }
}
