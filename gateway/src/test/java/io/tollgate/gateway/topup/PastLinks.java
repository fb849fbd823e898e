package io.tollgate.gateway.topup;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tollgate.metering.account.AccountId;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;

/** Links as a gateway with this secret signed them in the past. */
public final class PastLinks {

    private static final Duration TTL = Duration.ofHours(1);

    private PastLinks() {}

    /** A {@code top_up_url} that was good until {@code ago}. */
    public static URI expired(URI gateway, String secret, AccountId account, Duration ago) {
        Clock then = Clock.offset(Clock.systemUTC(), TTL.plus(ago).negated());
        return links(gateway, secret, then).forAccount(account);
    }

    /** Links that lead nowhere. */
    public static TopUpLinks links() {
        return links(URI.create("http://localhost"), "a secret of some gateway", Clock.systemUTC());
    }

    private static TopUpLinks links(URI gateway, String secret, Clock clock) {
        TopUpSettings settings = new TopUpSettings(TTL, Duration.ofDays(7), null);
        return new TopUpLinks(new SignedTokens(secret.getBytes(UTF_8)), gateway, settings, clock);
    }
}
