package io.tollgate.gateway.topup;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tollgate.gateway.topup.TokenCheck.Expired;
import io.tollgate.gateway.topup.TokenCheck.Tampered;
import io.tollgate.gateway.topup.TokenCheck.Valid;
import io.tollgate.metering.account.AccountId;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class TopUpLinksTest {

    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");
    private static final AccountId ACCOUNT = new AccountId("acme-1");
    private static final TopUpSettings SETTINGS = new TopUpSettings(Duration.ofHours(1), Duration.ofDays(7), null);

    private final TopUpLinks links = links("one secret", NOW);

    @Test
    void aLinkLeadsBackToItsAccount() {
        String token = token(links.forAccount(ACCOUNT).toString());

        assertThat(links.check(token)).isEqualTo(new Valid(ACCOUNT, NOW.plus(Duration.ofHours(1))));
    }

    @Test
    void aLinkStartsWithThePublicAddress() {
        assertThat(links.forAccount(ACCOUNT).toString()).startsWith("https://pay.example.com/base/top-up/");
    }

    @Test
    void anotherGatewayWithTheSameSecretKnowsTheLink() {
        String token = token(links.forAccount(ACCOUNT).toString());

        assertThat(links("one secret", NOW).check(token)).isInstanceOf(Valid.class);
        assertThat(links("another secret", NOW).check(token)).isInstanceOf(Tampered.class);
    }

    @Test
    void aLinkExpiresToTheSecond() {
        String token = token(links.forAccount(ACCOUNT).toString());

        assertThat(links("one secret", NOW.plusSeconds(3599)).check(token)).isInstanceOf(Valid.class);
        assertThat(links("one secret", NOW.plusSeconds(3600)).check(token)).isInstanceOf(Expired.class);
    }

    @Test
    void everyChangedCharacterIsTampering() {
        String token = token(links.forAccount(ACCOUNT).toString());

        for (int i = 0; i < token.length(); i++) {
            char other = token.charAt(i) == 'A' ? 'B' : 'A';
            String changed = token.substring(0, i) + other + token.substring(i + 1);
            assertThat(links.check(changed)).as("character %d", i).isInstanceOf(Tampered.class);
        }
    }

    @Test
    void whatIsNoTokenIsTampering() {
        String token = token(links.forAccount(ACCOUNT).toString());

        assertThat(links.check("")).isInstanceOf(Tampered.class);
        assertThat(links.check("%00")).isInstanceOf(Tampered.class);
        assertThat(links.check(token + "=")).isInstanceOf(Tampered.class);
        assertThat(links.check(token.substring(1))).isInstanceOf(Tampered.class);
        assertThat(links.check("A".repeat(100_000))).isInstanceOf(Tampered.class);
    }

    @Test
    void anOrderTokenDoesNotPayAndAPayTokenShowsNoOrder() {
        String order = token(links.returnUrls(ACCOUNT).success().toString());
        String pay = token(links.forAccount(ACCOUNT).toString());

        assertThat(links.checkOrder(order)).isInstanceOf(Valid.class);
        assertThat(links.check(order)).isInstanceOf(Tampered.class);
        assertThat(links.checkOrder(pay)).isInstanceOf(Tampered.class);
    }

    @Test
    void returnAddressesStayTheSameForAnHour() {
        assertThat(links("one secret", NOW.plusSeconds(3599)).returnUrls(ACCOUNT))
                .isEqualTo(links.returnUrls(ACCOUNT));
        assertThat(links("one secret", NOW.plusSeconds(3600)).returnUrls(ACCOUNT))
                .isNotEqualTo(links.returnUrls(ACCOUNT));
    }

    @Test
    void aShortSecretIsRefusedAtStartWithoutRepeatingIt() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TopUpSettings(Duration.ofHours(1), Duration.ofDays(7), "hunter2"))
                .withMessageContaining("at least 32 characters")
                .withMessageNotContaining("hunter2");
    }

    private static TopUpLinks links(String secret, Instant now) {
        SignedTokens tokens = new SignedTokens(secret.getBytes(UTF_8));
        return new TopUpLinks(
                tokens, URI.create("https://pay.example.com/base/"), SETTINGS, Clock.fixed(now, ZoneOffset.UTC));
    }

    private static String token(String url) {
        return url.replaceFirst(".*/top-up/", "").replaceFirst("/.*", "");
    }
}
