package io.tollgate.gateway.topup;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tollgate.metering.account.AccountId;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;

/** Links as a gateway with this secret signed them in the past. */
public final class PastLinks {

    private PastLinks() {}

    /** A {@code top_up_url} that was good until {@code ago}. */
    public static URI expired(URI gateway, String secret, AccountId account, Duration ago) {
        Duration ttl = Duration.ofHours(1);
        Clock then = Clock.offset(Clock.systemUTC(), ttl.plus(ago).negated());
        TopUpSettings settings = new TopUpSettings(ttl, Duration.ofDays(7), null);
        return new TopUpLinks(new SignedTokens(secret.getBytes(UTF_8)), gateway, settings, then).forAccount(account);
    }
}
