package io.tollgate.billing.notice.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.tollgate.billing.notice.DeliveryLimits;
import io.tollgate.billing.notice.DeliverySettings;
import io.tollgate.billing.notice.Fact;
import io.tollgate.billing.notice.MailSettings;
import io.tollgate.billing.notice.Notice.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class MailTextsTest {

    private static final String URL = "https://invoice.stripe.com/i/acct_1/test_1?s=ap&x=1";

    private static final Map<String, String> FACTS = Map.ofEntries(
            Map.entry(Fact.AMOUNT_MINOR, "1999"),
            Map.entry(Fact.CURRENCY, "usd"),
            Map.entry(Fact.CREDITS, "100"),
            Map.entry(Fact.AVAILABLE, "4.5"),
            Map.entry(Fact.THRESHOLD, "5"),
            Map.entry(Fact.REQUIRED, "0.25"),
            Map.entry(Fact.REASON, "insufficient_funds"),
            Map.entry(Fact.URL, URL),
            Map.entry(Fact.UNTIL, "2026-11-20T12:00:00Z"),
            Map.entry(Fact.PLAN, "Pro"),
            Map.entry(Fact.TITLE, "100 credits"));

    private final MailTexts texts = new MailTexts(settings(null));

    @ParameterizedTest
    @EnumSource
    void everyKindReadsWellWithAllFacts(Kind kind) {
        MailText text = texts.of(kind, FACTS);

        assertThat(text.subject()).contains("Acme").hasSizeBetween(10, 80);
        assertReadsWell(text);
    }

    @ParameterizedTest
    @EnumSource
    void everyKindReadsWellWithoutFacts(Kind kind) {
        assertReadsWell(texts.of(kind, Map.of()));
    }

    @Test
    void saysWhatFailedWhyUntilWhenAndWhereToPay() {
        MailText text = texts.of(Kind.PAYMENT_FAILED, FACTS);

        assertThat(text.subject()).isEqualTo("Your payment to Acme did not go through");
        assertThat(text.plain())
                .contains(
                        "The payment of $19.99 for Pro did not go through. Your bank says that there was not enough money")
                .contains("until 20 November 2026, 12:00 UTC")
                .contains("\n" + URL + "\n")
                .endsWith("-- \nAcme\n");
        assertThat(text.html())
                .contains("The payment of $19.99 for Pro did not go through.")
                .contains("href=\"" + URL.replace("&", "&amp;") + "\"");
    }

    @ParameterizedTest
    @CsvSource({
        "expired_card, has expired",
        "authentication_required, confirm the payment",
        "card_declined, declined the payment",
        "generic_decline, declined the payment",
        "lost_card, declined the payment",
        "stolen_card, declined the payment",
        "fraudulent, declined the payment",
        "something_new, declined the payment"
    })
    void saysNoMoreOfTheReasonThanTheCustomerMayKnow(String code, String said) {
        MailText text = texts.of(Kind.PAYMENT_FAILED, Map.of(Fact.REASON, code));

        assertThat(text.plain()).contains(said).doesNotContain(code, "lost", "stolen", "fraud");
    }

    @ParameterizedTest
    @CsvSource({"1000,jpy,'¥1,000'", "1500,kwd,KWD1.500", "5,usd,$0.05"})
    void writesMoneyInItsCurrency(String minor, String currency, String said) {
        MailText text = texts.of(Kind.PAYMENT_FAILED, Map.of(Fact.AMOUNT_MINOR, minor, Fact.CURRENCY, currency));

        assertThat(text.plain().replace('\u00a0', ' ')).contains("of " + said + " did");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "javascript:alert(1)",
                "http://evil.example/",
                "https://",
                "https://a.example/\r\nBcc: x@y.example",
                "ftp://a.example/",
                "not a link",
                "https:///path"
            })
    void linksToWebPagesOnly(String url) {
        MailText text = texts.of(Kind.PAYMENT_FAILED, Map.of(Fact.URL, url));

        assertThat(text.html()).doesNotContain("href");
        assertThat(text.plain()).doesNotContain(url);
    }

    @ParameterizedTest
    @EnumSource
    void nothingInAFactIsMarkupOrALineOfItsOwn(Kind kind) {
        String evil =
                "<script>alert(1)</script>\r\nBcc: victim@example.com\u2028\u202e\u0000 ${7*7} [(${product})] \"'&";
        Map<String, String> facts = new HashMap<>();
        FACTS.keySet().forEach(name -> facts.put(name, evil));

        MailText text = texts.of(kind, facts);

        assertThat(text.html()).doesNotContain("<script>", "49");
        assertThat(text.subject()).doesNotContainPattern("\\p{Cntrl}");
        assertThat(text.plain()).doesNotContain("\nBcc:", "49", "\u202e", "\u0000");
    }

    @Test
    void usesTheOperatorsTemplatesWhereThereAreSome(@TempDir Path directory) throws IOException {
        Files.writeString(
                directory.resolve("low_credit.txt"), "Läuft aus: [(${available})]\n\nBitte nachkaufen: [(${url})]\n");
        MailTexts theirs = new MailTexts(settings(directory));

        assertThat(theirs.of(Kind.LOW_CREDIT, FACTS).subject()).isEqualTo("Läuft aus: 4.5");
        assertThat(theirs.of(Kind.LOW_CREDIT, FACTS).plain()).startsWith("Bitte nachkaufen:\n" + URL);
        assertThat(theirs.of(Kind.REFUNDED, FACTS).subject()).isEqualTo("Your refund from Acme");
    }

    @Test
    void aTemplateNeedsATextBesideItsSubject(@TempDir Path directory) throws IOException {
        Files.writeString(directory.resolve("low_credit.txt"), "Only a subject\n");
        MailTexts theirs = new MailTexts(settings(directory));

        assertThatIllegalStateException()
                .isThrownBy(() -> theirs.of(Kind.LOW_CREDIT, FACTS))
                .withMessageContaining("low_credit.txt needs a subject");
    }

    private static void assertReadsWell(MailText text) {
        assertThat(text.subject()).doesNotContain("[", "null", "  ").doesNotStartWith(" ");
        assertThat(text.plain())
                .doesNotContain("[#", "[/", "${", "null", "  ", " .", " ,", "\n\n\n")
                .endsWith("-- \nAcme\n");
        assertThat(text.html()).doesNotContain(" th:", "[(", "null").contains("<p", "Acme");
    }

    private static MailSettings settings(@Nullable Path templates) {
        return new MailSettings(
                "billing@acme.example",
                null,
                "Acme",
                templates,
                new DeliveryLimits(1, 1, Duration.ofDays(1), 1, Duration.ofMinutes(1)),
                new DeliverySettings(1, Duration.ofMinutes(1), Duration.ofSeconds(1), Duration.ofSeconds(1), 1),
                Duration.ofSeconds(1));
    }
}
