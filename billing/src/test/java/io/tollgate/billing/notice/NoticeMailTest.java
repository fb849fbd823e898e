package io.tollgate.billing.notice;

import static io.tollgate.metering.postgres.BookOfRecord.got;
import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tollgate.billing.World;
import io.tollgate.billing.notice.NoticeCourier.Repetition;
import io.tollgate.billing.notice.ScriptedSmtp.Mood;
import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.ledger.Money;
import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import reactor.core.publisher.Mono;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NoticeMailTest {

    private static final String ALL_KINDS =
            Arrays.stream(Notice.Kind.values()).map(Notice.Kind::text).collect(Collectors.joining(","));

    private final GreenMail greenMail = greenMail();
    private final ScriptedSmtp scripted = new ScriptedSmtp();
    private final World world = World.still(
            "spring.mail.host=127.0.0.1",
            "spring.mail.port=" + scripted.port(),
            "tollgate.billing.notices.mail.kinds=" + ALL_KINDS,
            "tollgate.billing.notices.mail.from=Acme Billing <billing@acme.example>",
            "tollgate.billing.notices.mail.reply-to=help@acme.example",
            "tollgate.billing.notices.mail.product=Acme",
            "tollgate.billing.notices.mail.timeout=400ms");
    private final Notices notices = world.the(Notices.class);
    private final Deliveries deliveries = world.the(Deliveries.class);
    private final NoticeCourier courier = courier(4);
    private AccountId account = new AccountId("none");

    @BeforeEach
    void open() {
        world.book().owner().sql("TRUNCATE notice, notice_delivery").then().block();
        account = reachable();
        to(scripted.port());
        scripted.feel(Mood.TAKES_IT);
    }

    @AfterAll
    void close() {
        world.close();
        scripted.close();
        greenMail.stop();
    }

    @Nested
    class Telling {

        @Test
        void sendsEveryKindAsTextAndAsHtml() throws MessagingException, IOException {
            to(greenMail.getSmtp().getPort());
            for (Notice.Kind kind : Notice.Kind.values()) {
                post(reachable(), kind, kind.text());
            }

            assertThat(got(courier.drain())).isEqualTo(Notice.Kind.values().length);

            assertThat(states()).containsOnly("DELIVERED");
            MimeMessage[] mails = greenMail.getReceivedMessages();
            assertThat(mails).hasSize(Notice.Kind.values().length);
            Set<String> ids = new HashSet<>();
            for (MimeMessage mail : mails) {
                ids.add(mail.getMessageID());
                assertThat(mail.getHeader("From", ",")).isEqualTo("Acme Billing <billing@acme.example>");
                assertThat(mail.getHeader("Reply-To", ",")).isEqualTo("help@acme.example");
                assertThat(mail.getHeader("To", ",")).startsWith("to-").endsWith("@example.com");
                assertThat(mail.getHeader("Auto-Submitted", ",")).isEqualTo("auto-generated");
                assertThat(mail.getSubject()).contains("Acme");
                assertThat(parts(mail).keySet()).containsExactlyInAnyOrder("text/plain", "text/html");
                assertThat(parts(mail).get("text/plain")).contains("-- \r\nAcme");
                assertThat(parts(mail).get("text/html")).contains("<p", "Acme");
            }
            assertThat(ids).hasSize(mails.length).allMatch(id -> id.endsWith("@acme.example>"));
        }

        @Test
        void neverTellsTwiceWhenTwoCouriersWork() {
            for (int i = 0; i < 40; i++) {
                post(reachable(), Notice.Kind.REFUNDED, "re_" + i);
            }

            Long told = got(Mono.zip(courier(4).drain(), courier(4).drain(), Long::sum));

            assertThat(told).isEqualTo(40);
            assertThat(scripted.taken()).isEqualTo(40);
            assertThat(states()).hasSize(40).containsOnly("DELIVERED");
        }

        @Test
        void keepsWhatHasNoAddressToGoTo() {
            post(world.account(), Notice.Kind.REFUNDED, "re_1");

            courier.drain().block();

            assertThat(states()).containsExactly("KEPT");
            assertThat(reason()).isEqualTo("the account has no e-mail address");
            assertThat(scripted.asked()).isZero();
        }
    }

    @Nested
    class Retrying {

        @Test
        void triesAgainWhenTheServerIsBusy() {
            scripted.feel(Mood.BUSY_FOR_NOW, Mood.TAKES_IT);
            post(account, Notice.Kind.REFUNDED, "re_1");

            turns(1);
            assertThat(states()).containsExactly("WAITING");
            assertThat(reason()).isEqualTo("SMTP 451");

            turns(1);
            assertThat(states()).containsExactly("DELIVERED");
            assertThat(scripted.taken()).isEqualTo(1);
        }

        @Test
        void buriesAtOnceWhatAnAddressRefusesUntilAnOperatorHasItTriedAgain() {
            scripted.feel(Mood.KNOWS_NO_SUCH_ADDRESS, Mood.TAKES_IT);
            post(account, Notice.Kind.REFUNDED, "re_1");

            turns(2);
            assertThat(states()).containsExactly("BURIED");
            assertThat(reason()).isEqualTo("SMTP 550");
            assertThat(scripted.asked()).isEqualTo(1);

            long number = world.book().number("SELECT max(number) FROM notice");
            assertThat(got(deliveries.requeue(number, Channel.MAIL))).isTrue();
            turns(1);
            assertThat(states()).containsExactly("DELIVERED");
            assertThat(got(deliveries.requeue(number, Channel.MAIL))).isFalse();
        }

        @Test
        void keepsTryingWhereTheServerDislikesTheSenderWhichCanBeMended() {
            scripted.feel(Mood.DISLIKES_THE_SENDER, Mood.TAKES_IT);
            post(account, Notice.Kind.REFUNDED, "re_1");

            turns(2);

            assertThat(states()).containsExactly("DELIVERED");
        }

        @Test
        void tellsLaterWhatCouldNotBeToldWhileTheServerWasDown() {
            to(1);
            post(account, Notice.Kind.REFUNDED, "re_1");

            turns(4);
            assertThat(states()).containsExactly("WAITING");

            to(scripted.port());
            turns(1);
            assertThat(states()).containsExactly("DELIVERED");
            assertThat(scripted.taken()).isEqualTo(1);
        }

        @Test
        void aServerThatIsSilentBeforeItHasTheMailHasNotTakenIt() {
            scripted.feel(
                    Mood.SILENT_AT_THE_ADDRESS, Mood.SILENT_AT_THE_ADDRESS, Mood.SILENT_AT_THE_ADDRESS, Mood.TAKES_IT);
            post(account, Notice.Kind.REFUNDED, "re_1");

            turns(4);

            assertThat(states()).containsExactly("DELIVERED");
            assertThat(scripted.taken()).isEqualTo(1);
        }

        @Test
        void tellsOnceMoreAtMostWhatMayHaveBeenTold() {
            scripted.feel(Mood.SILENT_AFTER_TAKING_IT);
            post(account, Notice.Kind.REFUNDED, "re_1");

            turns(5);

            assertThat(scripted.taken()).isEqualTo(2);
            assertThat(states()).containsExactly("BURIED");
            assertThat(reason()).isEqualTo("its outcome was unknown twice");
        }

        @Test
        void tellsOnceMoreAtMostWhatGatewaysDiedOver() {
            post(account, Notice.Kind.REFUNDED, "re_1");
            deliveries.take(Channel.MAIL, Duration.ZERO).block();

            turns(1);
            assertThat(states()).containsExactly("DELIVERED");
        }

        @Test
        void givesUpInTheEnd() {
            scripted.feel(Mood.BUSY_FOR_NOW);
            post(account, Notice.Kind.REFUNDED, "re_1");

            turns(10);

            assertThat(states()).containsExactly("BURIED");
            assertThat(scripted.asked()).isEqualTo(6);
        }

        @Test
        void aSlowMailDoesNotHoldUpTheOthers() {
            scripted.feel(Mood.SILENT_AT_THE_ADDRESS, Mood.TAKES_IT);
            for (int i = 0; i < 10; i++) {
                post(reachable(), Notice.Kind.REFUNDED, "re_" + i);
            }

            turns(1);

            assertThat(states().stream().filter("DELIVERED"::equals)).hasSizeGreaterThanOrEqualTo(9);
        }
    }

    @Nested
    class Limiting {

        @Test
        void suppressesWhatIsTooMuchOfOneKind() {
            for (int i = 0; i < 5; i++) {
                post(account, Notice.Kind.LOW_CREDIT, "fall:" + i);
            }
            post(account, Notice.Kind.REFUNDED, "re_1");

            turns(1);

            assertThat(states().stream().filter("DELIVERED"::equals)).hasSize(4);
            assertThat(states().stream().filter("SUPPRESSED"::equals)).hasSize(2);
            assertThat(scripted.taken()).isEqualTo(4);
        }

        @Test
        void suppressesWhatIsTooMuchInAllKinds() {
            List<Notice.Kind> kinds = List.of(Notice.Kind.values());
            for (int i = 0; i < 14; i++) {
                post(account, kinds.get(i), "k_" + i);
            }

            turns(1);

            assertThat(scripted.taken()).isEqualTo(10);
            assertThat(states().stream().filter("SUPPRESSED"::equals)).hasSize(4);
        }

        @Test
        void countsATryAgainOnlyOnce() {
            scripted.feel(Mood.BUSY_FOR_NOW, Mood.BUSY_FOR_NOW, Mood.BUSY_FOR_NOW, Mood.TAKES_IT);
            post(account, Notice.Kind.REFUNDED, "re_1");
            turns(4);
            post(account, Notice.Kind.REFUNDED, "re_2");
            post(account, Notice.Kind.REFUNDED, "re_3");
            turns(1);

            assertThat(states()).containsOnly("DELIVERED");
        }

        @Test
        void holdsBackWhatIsTooMuchForAllAccountsTogether() {
            post(account, Notice.Kind.REFUNDED, "re_1");
            turns(1);
            post(account, Notice.Kind.DISPUTED, "dp_1");
            TakenDelivery taken = got(deliveries.take(Channel.MAIL, Duration.ofMinutes(1)));

            assertThat(got(deliveries.admit(
                            taken, new DeliveryLimits(9, 9, Duration.ofDays(1), 1, Duration.ofMinutes(1)))))
                    .isEqualTo(Deliveries.Admission.IN_ALL_TOO_MUCH);
        }
    }

    @Nested
    class Keeping {

        @Test
        void forgetsWhatIsOldButNotWhatWaits() {
            post(account, Notice.Kind.REFUNDED, "re_1");
            turns(1);
            post(account, Notice.Kind.REFUNDED, "re_2");
            world.book()
                    .owner()
                    .sql("UPDATE notice SET posted_at = now() - interval '200 days'")
                    .then()
                    .block();
            post(account, Notice.Kind.REFUNDED, "re_3");

            assertThat(got(deliveries.forget(Duration.ofDays(180), 100))).isEqualTo(1);
            assertThat(world.book().number("SELECT count(*) FROM notice")).isEqualTo(2);
        }

        @Test
        void putsAsideWhatNoChannelTakesAnyMore() {
            post(account, Notice.Kind.REFUNDED, "re_1");
            world.book()
                    .owner()
                    .sql("UPDATE notice_delivery SET channel = 'webhook:gone', due_at = now() - interval '2 days'")
                    .then()
                    .block();

            assertThat(got(deliveries.keepUnrouted(Set.of(Channel.MAIL), Duration.ofDays(1))))
                    .isEqualTo(1);
            assertThat(got(deliveries.standing()).kept()).isEqualTo(1);
            assertThat(got(deliveries
                                    .list(Deliveries.State.KEPT, Long.MAX_VALUE, 10)
                                    .next())
                            .channel()
                            .endpoint())
                    .isEqualTo("gone");
        }
    }

    private static GreenMail greenMail() {
        GreenMail server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        server.start();
        return server;
    }

    private NoticeCourier courier(int concurrency) {
        return new NoticeCourier(
                deliveries,
                world.the(Carrier.class),
                new DeliverySettings(concurrency, Duration.ofMinutes(1), Duration.ZERO, Duration.ZERO, 6),
                Repetition.ONCE,
                new SimpleMeterRegistry());
    }

    /** A turn tries each mail once: what is to be tried again at once is, as the loop would, in the next one. */
    private void turns(int turns) {
        NoticeCourier slow = new NoticeCourier(
                deliveries,
                world.the(Carrier.class),
                new DeliverySettings(2, Duration.ofMinutes(1), Duration.ofHours(1), Duration.ofHours(1), 6),
                Repetition.ONCE,
                new SimpleMeterRegistry());
        for (int i = 0; i < turns; i++) {
            world.book()
                    .owner()
                    .sql("UPDATE notice_delivery SET due_at = now() WHERE state = 'WAITING'")
                    .then()
                    .block();
            slow.drain().block();
        }
    }

    private AccountId reachable() {
        AccountId fresh = world.account();
        world.the(Contacts.class)
                .put(
                        fresh,
                        new Contact(
                                new EmailAddress("to-" + fresh.value().toLowerCase(Locale.ROOT) + "@example.com"),
                                null))
                .block();
        return fresh;
    }

    private void post(AccountId to, Notice.Kind kind, String key) {
        notices.post(new Notice(to, kind, key, Fact.of(new Money(900, "usd")))).block();
    }

    private void to(int port) {
        world.the(JavaMailSenderImpl.class).setPort(port);
    }

    private List<String> states() {
        return world.book()
                .client()
                .sql("SELECT state FROM notice_delivery ORDER BY notice")
                .mapValue(String.class)
                .all()
                .collectList()
                .blockOptional()
                .orElse(new ArrayList<>());
    }

    private String reason() {
        return world.text("SELECT reason FROM notice_delivery ORDER BY notice LIMIT 1");
    }

    private static Map<String, String> parts(MimeMessage mail) throws MessagingException, IOException {
        Map<String, String> parts = new HashMap<>();
        collect((Multipart) mail.getContent(), parts);
        return parts;
    }

    private static void collect(Multipart multipart, Map<String, String> parts) throws MessagingException, IOException {
        for (int i = 0; i < multipart.getCount(); i++) {
            BodyPart part = multipart.getBodyPart(i);
            if (part.getContent() instanceof Multipart inner) {
                collect(inner, parts);
            } else {
                parts.put(
                        part.getContentType().replaceAll(";.*", ""),
                        part.getContent().toString());
            }
        }
    }
}
