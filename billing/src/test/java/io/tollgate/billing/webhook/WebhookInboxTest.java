package io.tollgate.billing.webhook;

import static io.tollgate.metering.postgres.BookOfRecord.got;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.net.Webhook;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tollgate.billing.World;
import io.tollgate.billing.webhook.ReceiveResult.Accepted;
import io.tollgate.billing.webhook.ReceiveResult.Reason;
import io.tollgate.billing.webhook.ReceiveResult.Rejected;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WebhookInboxTest {

    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
    private static final String OLD_SECRET = "whsec_old";
    private static final String NEW_SECRET = "whsec_new";
    private static final int BODY_MAX = 10_000;
    private static final AtomicInteger EVENTS = new AtomicInteger();

    private final World world = World.still();
    private final StoredEvents stored = world.the(StoredEvents.class);
    private final WebhookSettings settings = new WebhookSettings(
            Duration.ofMinutes(5),
            BODY_MAX,
            Duration.ofMinutes(1),
            Duration.ofSeconds(1),
            Duration.ofHours(1),
            5,
            10,
            2);
    private final WebhookInbox inbox = inbox(OLD_SECRET, NEW_SECRET);

    private String id = "";
    private String body = "";

    @AfterAll
    void close() {
        world.close();
    }

    @BeforeEach
    void compose() {
        id = "evt_a" + EVENTS.incrementAndGet();
        body = "{\"id\":\"" + id + "\",\"object\":\"event\",\"type\":\"checkout.session.completed\","
                + "\"data\":{\"object\":{\"id\":\"cs_test_1\",\"note\":\"snow \u2603\"}}}";
    }

    @Nested
    class Accepting {

        @Test
        void storesWhatStripeSigned() {
            assertThat(receive(body, signed(body, NOW, NEW_SECRET))).isEqualTo(new Accepted());

            assertThat(world.text("SELECT state || ' ' || type || ' ' || object_id || ' ' || convert_from(body, 'UTF8')"
                            + " FROM webhook_event WHERE id = '" + id + "'"))
                    .isEqualTo("WAITING checkout.session.completed cs_test_1 " + body);
        }

        @Test
        void storesARepeatedDeliveryOnce() {
            List<ReceiveResult> results = got(Flux.range(0, 10)
                    .flatMap(i -> inbox.receive(body.getBytes(UTF_8), signed(body, NOW.plusSeconds(i), NEW_SECRET)), 10)
                    .collectList());

            assertThat(results).hasSize(10).allMatch(Accepted.class::isInstance);
            assertThat(storedEvents()).isEqualTo(1);
        }

        @Test
        void takesEitherSecretWhileTheyAreBeingChanged() {
            assertThat(receive(body, signed(body, NOW, OLD_SECRET))).isEqualTo(new Accepted());
            assertThat(receive(body, signed(body, NOW, NEW_SECRET))).isEqualTo(new Accepted());
        }

        @Test
        void takesOneRightSignatureAmongSeveral() {
            String wrong = signed(body, NOW, "whsec_stranger").replaceFirst("t=[0-9]+,", "");

            assertThat(receive(body, signed(body, NOW, NEW_SECRET) + "," + wrong + ",v0=00"))
                    .isEqualTo(new Accepted());
        }

        @ParameterizedTest
        @ValueSource(longs = {-300, 0, 300})
        void toleratesFiveMinutesEitherWay(long seconds) {
            assertThat(receive(body, signed(body, NOW.plusSeconds(seconds), NEW_SECRET)))
                    .isEqualTo(new Accepted());
        }

        @Test
        void readsAThinEventAsTheWholeOneThatItStandsFor() {
            String thin = "{\"id\":\"" + id + "\",\"object\":\"v2.core.event\",\"type\":\"v1.invoice.paid\","
                    + "\"related_object\":{\"id\":\"in_1\",\"type\":\"invoice\"}}";

            assertThat(receive(thin, signed(thin, NOW, NEW_SECRET))).isEqualTo(new Accepted());

            assertThat(world.text("SELECT type || ' ' || object_id FROM webhook_event WHERE id = '" + id + "'"))
                    .isEqualTo("invoice.paid in_1");
        }

        @Test
        void storesEventsOfKindsItDoesNotKnow() {
            String unknown = "{\"id\":\"" + id + "\",\"type\":\"v3.planet.discovered\"}";

            assertThat(receive(unknown, signed(unknown, NOW, NEW_SECRET))).isEqualTo(new Accepted());
            assertThat(storedEvents()).isEqualTo(1);
        }
    }

    @Nested
    class Rejecting {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "t=abc,v1=x",
                    "t,v1=x",
                    "v1",
                    ",",
                    "=",
                    "t=1795176000",
                    "v1=00",
                    "t=,v1=00",
                    "t=-1,v1=00",
                    "t=99999999999999999999,v1=00",
                    "t=1795176000,t=1795176000,v1=00",
                    "\u0000",
                    "{}"
                })
        void aHeaderThatIsNone(String header) {
            assertRejected(receive(body, header), Reason.SIGNATURE_MALFORMED);
        }

        @Test
        void aHeaderOfManyKilobytes() {
            assertRejected(receive(body, "t=1,v1=" + "0".repeat(100_000)), Reason.SIGNATURE_MALFORMED);
            assertRejected(receive(body, "t=1" + ",v1=0".repeat(700)), Reason.SIGNATURE_MALFORMED);
        }

        @Test
        void noHeader() {
            assertRejected(receive(body, null), Reason.SIGNATURE_MISSING);
            assertRejected(receive(body, ""), Reason.SIGNATURE_MISSING);
            assertRejected(receive(body, "   "), Reason.SIGNATURE_MISSING);
        }

        @Test
        void aSignatureOfSomebodyElse() {
            assertRejected(receive(body, signed(body, NOW, "whsec_stranger")), Reason.SIGNATURE_WRONG);
        }

        @Test
        void aSignatureOfAnotherBody() {
            assertRejected(receive(body + " ", signed(body, NOW, NEW_SECRET)), Reason.SIGNATURE_WRONG);
        }

        @Test
        void aSignatureOfAnotherTime() {
            String header = signed(body, NOW.minusSeconds(1), NEW_SECRET)
                    .replace("t=" + NOW.minusSeconds(1).getEpochSecond(), "t=" + NOW.getEpochSecond());

            assertRejected(receive(body, header), Reason.SIGNATURE_WRONG);
        }

        @Test
        void aSignatureThatIsTooOld() {
            assertRejected(receive(body, signed(body, NOW.minusSeconds(301), NEW_SECRET)), Reason.STALE);
        }

        @Test
        void aSignatureFromTheFuture() {
            assertRejected(receive(body, signed(body, NOW.plusSeconds(301), NEW_SECRET)), Reason.FUTURE_DATED);
            assertRejected(
                    receive(body, signed(body, NOW.plus(Duration.ofDays(365)), NEW_SECRET)), Reason.FUTURE_DATED);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    " ",
                    "not json",
                    "[]",
                    "null",
                    "42",
                    "\"text\"",
                    "{",
                    "{}",
                    "{} {}",
                    "{\"id\":\"evt_1\"}",
                    "{\"type\":\"a.b\"}",
                    "{\"id\":1,\"type\":\"a.b\"}",
                    "{\"id\":\"evt_1\",\"type\":{}}",
                    "{\"id\":\"evt \\u0000\",\"type\":\"a.b\"}",
                    "{\"id\":\"\",\"type\":\"a.b\"}"
                })
        void aRightlySignedBodyThatIsNoEvent(String nonsense) {
            assertRejected(receive(nonsense, signed(nonsense, NOW, NEW_SECRET)), Reason.BODY_MALFORMED);
        }

        @Test
        void aRightlySignedBodyNestedTooDeep() {
            String deep = "[".repeat(BODY_MAX);

            assertRejected(receive(deep, signed(deep, NOW, NEW_SECRET)), Reason.BODY_MALFORMED);
        }

        @Test
        void bytesThatAreNoText() {
            byte[] bytes = {(byte) 0xff, (byte) 0xfe, 0};

            assertRejected(got(inbox.receive(bytes, "t=1795176000,v1=00")), Reason.SIGNATURE_WRONG);
        }

        @Test
        void aBodyThatIsTooLarge() {
            String large = "x".repeat(BODY_MAX + 1);

            assertRejected(receive(large, signed(large, NOW, NEW_SECRET)), Reason.BODY_TOO_LARGE);
        }

        @Test
        void everythingWhileThereIsNoSecret() {
            assertRejected(
                    got(inbox().receive(body.getBytes(UTF_8), signed(body, NOW, NEW_SECRET))), Reason.NOT_CONFIGURED);
        }

        private void assertRejected(ReceiveResult result, Reason reason) {
            assertThat(result).isEqualTo(new Rejected(reason));
            assertThat(storedEvents()).isZero();
        }
    }

    private WebhookInbox inbox(String... secrets) {
        return new WebhookInbox(
                new WebhookSecrets(List.of(secrets)),
                stored,
                settings,
                InstantSource.fixed(NOW),
                new SimpleMeterRegistry());
    }

    private ReceiveResult receive(String text, @Nullable String header) {
        return got(inbox.receive(text.getBytes(UTF_8), header));
    }

    private long storedEvents() {
        return world.book().number("SELECT count(*) FROM webhook_event WHERE id IN ('" + id + "', 'evt_1')");
    }

    // By Stripe's own code, so that ours is not checked against itself.
    private static String signed(String body, Instant at, String secret) {
        try {
            return Webhook.Signature.generateSignatureHeader(body, secret, at.getEpochSecond());
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
