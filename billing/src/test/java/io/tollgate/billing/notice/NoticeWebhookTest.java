package io.tollgate.billing.notice;

import static io.tollgate.metering.postgres.BookOfRecord.got;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.stripe.exception.SignatureVerificationException;
import com.stripe.net.Webhook;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tollgate.billing.World;
import io.tollgate.billing.notice.NoticeCourier.Repetition;
import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.ledger.Money;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NoticeWebhookTest {

    private static final String SECRET = "whsec_the_present_one";
    private static final String NEXT_SECRET = "whsec_the_one_to_come";
    private static final Channel SHOP = Channel.webhook("shop");
    private static final Duration NEVER = Duration.ofDays(1);
    private static final int ATTEMPTS_MAX = 3;
    private static final long TOLERANCE_SECONDS = 300;

    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final Queue<Integer> answers = new ConcurrentLinkedQueue<>();
    private final DisposableServer server = HttpServer.create()
            .host("127.0.0.1")
            .port(0)
            .route(routes -> routes.post("/shop", this::receive)
                    .post("/elsewhere", this::receive)
                    .post("/slow", (request, response) -> Mono.never())
                    .post("/endless", NoticeWebhookTest::endless))
            .bindNow();
    private final World world = World.still(
            endpoint(0, "shop"),
            url(0, "shop"),
            endpoint(1, "slow"),
            url(1, "slow"),
            endpoint(2, "endless"),
            url(2, "endless"),
            secrets(0, SECRET + "," + NEXT_SECRET),
            secrets(1, SECRET),
            secrets(2, SECRET),
            "tollgate.billing.notices.sending.timeout=3s",
            "tollgate.billing.notices.upkeep.scan-interval=50ms");
    private final Deliveries deliveries = world.the(Deliveries.class);
    private AccountId account = new AccountId("none");

    /** What came to the endpoint. */
    private record Received(String path, String id, String signature, String body) {}

    @BeforeEach
    void open() {
        world.book().owner().sql("TRUNCATE notice, notice_delivery").then().block();
        account = world.account();
        received.clear();
        answers.clear();
    }

    @AfterAll
    void close() {
        world.close();
        server.disposeNow();
    }

    @Test
    void tellsWhatHappenedSignedWithBothSecretsWhileTheyChange() throws SignatureVerificationException {
        post("re_1");

        turn("shop");

        assertThat(state(SHOP)).isEqualTo("DELIVERED");
        Received one = received.getFirst();
        JsonNode body = JsonMapper.shared().readTree(one.body());
        assertThat(body.required("id").asString()).isEqualTo(one.id()).startsWith("notice_");
        assertThat(body.required("type").asString()).isEqualTo("refunded");
        assertThat(body.required("account").asString()).isEqualTo(account.value());
        assertThat(Instant.parse(body.required("created").asString())).isBefore(Instant.now());
        assertThat(body.required("data").required("amount_minor").asString()).isEqualTo("900");
        assertThat(one.signature().split("v1=", -1)).hasSize(3);
        for (String secret : List.of(SECRET, NEXT_SECRET)) {
            assertThat(Webhook.Signature.verifyHeader(one.body(), one.signature(), secret, TOLERANCE_SECONDS))
                    .isTrue();
        }
        assertThatThrownBy(() -> Webhook.Signature.verifyHeader(
                        one.body(), one.signature(), "whsec_of_somebody_else", TOLERANCE_SECONDS))
                .isInstanceOf(SignatureVerificationException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 503, 429, 404, 400, 302, 304})
    void triesAgainWhatWasNotTakenWithTheSameIdAndBody(int refusal) {
        answers.add(refusal);
        post("re_1");

        turn("shop");
        assertThat(state(SHOP)).isEqualTo("WAITING");
        assertThat(reason()).isEqualTo("HTTP " + refusal);

        turn("shop");
        assertThat(state(SHOP)).isEqualTo("DELIVERED");
        assertThat(received).hasSize(2).allMatch(each -> each.path().equals("/shop"));
        assertThat(received.get(0).id()).isEqualTo(received.get(1).id());
        assertThat(received.get(0).body()).isEqualTo(received.get(1).body());
    }

    @Test
    void givesUpAtOnceWhereTheEndpointSaysItIsGone() {
        answers.add(410);
        post("re_1");

        turn("shop");

        assertThat(state(SHOP)).isEqualTo("BURIED");
        assertThat(reason()).startsWith("HTTP 410");
    }

    @Test
    void givesUpInTheEndUntilAnOperatorHasItTriedAgain() {
        answers.addAll(List.of(500, 500, 500));
        post("re_1");

        for (int i = 0; i < 6; i++) {
            turn("shop");
        }
        assertThat(state(SHOP)).isEqualTo("BURIED");
        assertThat(received).hasSize(ATTEMPTS_MAX);

        long number = world.book().number("SELECT max(number) FROM notice");
        assertThat(got(deliveries.requeue(number, SHOP))).isTrue();
        turn("shop");
        assertThat(state(SHOP)).isEqualTo("DELIVERED");
        assertThat(received.getLast().id()).isEqualTo(received.getFirst().id());
    }

    @Test
    void triesAgainHoweverOftenWhatTakesTooLong() {
        post("re_1");

        for (int i = 0; i < 2; i++) {
            turn("slow");
        }

        assertThat(state(Channel.webhook("slow"))).isEqualTo("WAITING");
        turn("slow");
        assertThat(state(Channel.webhook("slow"))).isEqualTo("BURIED");
    }

    @Test
    void readsNoMoreOfAnAnswerThanItHasTo() {
        post("re_1");

        turn("endless");

        assertThat(state(Channel.webhook("endless"))).isEqualTo("DELIVERED");
    }

    @Test
    void anEndpointThatIsSlowOrDeadHoldsNobodyUp() {
        try (World running = World.running(
                url(0, "shop"),
                url(1, "slow"),
                secrets(0, SECRET),
                secrets(1, SECRET),
                "tollgate.billing.notices.webhooks[0].name=shop",
                "tollgate.billing.notices.webhooks[1].name=slow",
                "tollgate.billing.notices.sending.timeout=50s",
                "tollgate.billing.notices.upkeep.scan-interval=50ms")) {
            AccountId buyer = running.account();
            for (int i = 0; i < 20; i++) {
                running.the(Notices.class)
                        .post(new Notice(buyer, Notice.Kind.REFUNDED, "re_" + i, Fact.of(new Money(900, "usd"))))
                        .block();
            }

            await().atMost(Duration.ofSeconds(15)).untilAsserted(() -> {
                assertThat(received).hasSize(20);
                assertThat(running.text(
                                "SELECT string_agg(DISTINCT channel || ' ' || state, ', ' ORDER BY channel || ' '"
                                        + " || state) FROM notice_delivery"))
                        .isEqualTo("mail KEPT, webhook:shop DELIVERED, webhook:slow WAITING");
            });
        }
    }

    @Test
    void twoCouriersTellEachNoticeOnce() {
        for (int i = 0; i < 40; i++) {
            post("re_" + i);
        }

        got(Mono.zip(courier("shop").drain(), courier("shop").drain(), Long::sum));

        assertThat(received).hasSize(40);
        assertThat(received.stream().map(Received::id).distinct()).hasSize(40);
    }

    private NoticeCourier courier(String endpoint) {
        return new NoticeCourier(
                deliveries,
                world.the(Carriers.class).of(Channel.webhook(endpoint)),
                new DeliverySettings(4, NEVER, NEVER, NEVER, ATTEMPTS_MAX),
                Repetition.ANY,
                new SimpleMeterRegistry());
    }

    private void turn(String endpoint) {
        world.book()
                .owner()
                .sql("UPDATE notice_delivery SET due_at = now() WHERE state = 'WAITING'")
                .then()
                .block();
        courier(endpoint).drain().block();
    }

    private void post(String key) {
        world.the(Notices.class)
                .post(new Notice(account, Notice.Kind.REFUNDED, key, Fact.of(new Money(900, "usd"))))
                .block();
    }

    private String state(Channel channel) {
        return world.text("SELECT state FROM notice_delivery WHERE channel = '" + channel.name() + "'");
    }

    private String reason() {
        return world.text("SELECT reason FROM notice_delivery WHERE channel = 'webhook:shop'");
    }

    private static String endpoint(int index, String name) {
        return "tollgate.billing.notices.webhooks[" + index + "].name=" + name;
    }

    private static String secrets(int index, String secrets) {
        return "tollgate.billing.notices.webhooks[" + index + "].secrets=" + secrets;
    }

    private String url(int index, String path) {
        return "tollgate.billing.notices.webhooks[" + index + "].url=http://127.0.0.1:" + server.port() + "/" + path;
    }

    private Mono<Void> receive(HttpServerRequest request, HttpServerResponse response) {
        return request.receive().aggregate().asByteArray().flatMap(body -> {
            received.add(new Received(
                    request.fullPath().startsWith("/") ? request.fullPath() : "/" + request.fullPath(),
                    String.valueOf(request.requestHeaders().get("Tollgate-Delivery")),
                    String.valueOf(request.requestHeaders().get(NoticeSignature.HEADER)),
                    new String(body, UTF_8)));
            Integer answer = answers.poll();
            return response.status(answer == null ? 200 : answer)
                    .header("Location", "/elsewhere")
                    .send();
        });
    }

    private static Mono<Void> endless(HttpServerRequest request, HttpServerResponse response) {
        return request.receive()
                .then()
                .then(response.sendString(Flux.generate(sink -> sink.next("x".repeat(1_000))))
                        .then());
    }
}
