package io.tollgate.gateway.authentication;

import io.tollgate.gateway.authentication.AuthenticationResult.Authenticated;
import io.tollgate.gateway.authentication.AuthenticationResult.Reason;
import io.tollgate.gateway.authentication.AuthenticationResult.Refused;
import io.tollgate.gateway.authentication.KeyCache.Lookup;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Says who is calling, by the {@code Authorization} header. */
public final class Authentication {

    private static final String SCHEME = "Bearer ";

    private final KeyCache keys;
    private final Clock clock;
    private final ForeignKeys foreignKeys;

    Authentication(KeyCache keys, Clock clock, ForeignKeys foreignKeys) {
        this.keys = keys;
        this.clock = clock;
        this.foreignKeys = foreignKeys;
    }

    /** Whether keys that we have not made are looked for. */
    enum ForeignKeys {
        ACCEPTED,
        REFUSED
    }

    /**
     * Who it is. Answers on the caller's thread if the key is known; signals {@link io.tollgate.metering.store.StoreUnavailableException} if it cannot
     * be known.
     *
     * @param authorization the header's value; null if it is absent
     */
    public Mono<AuthenticationResult> authenticate(@Nullable String authorization) {
        if (authorization == null || authorization.isBlank()) {
            return refused(Reason.MISSING);
        }
        if (!authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return refused(Reason.MALFORMED);
        }
        String text = authorization.substring(SCHEME.length()).strip();
        return switch (KeyText.shapeOf(text)) {
            case OURS -> lookUp(text);
            case FOREIGN -> foreignKeys == ForeignKeys.ACCEPTED ? lookUp(text) : refused(Reason.MALFORMED);
            case MISTYPED -> refused(Reason.MISTYPED);
            case NO_KEY -> refused(Reason.MALFORMED);
        };
    }

    private Mono<AuthenticationResult> lookUp(String text) {
        return keys.find(KeyHash.of(text)).map(this::judge);
    }

    private AuthenticationResult judge(Lookup lookup) {
        return switch (lookup) {
            case Lookup.Unknown() -> new Refused(Reason.UNKNOWN);
            case Lookup.Found(ApiKey key, Authenticated authenticated) -> {
                if (key.revokedAt() != null) {
                    yield new Refused(Reason.REVOKED);
                }
                if (key.expiresAt() != null && !clock.instant().isBefore(key.expiresAt())) {
                    yield new Refused(Reason.EXPIRED);
                }
                yield authenticated;
            }
        };
    }

    private static Mono<AuthenticationResult> refused(Reason reason) {
        return Mono.just(new Refused(reason));
    }
}
