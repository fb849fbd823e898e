package io.tollgate.gateway.authentication;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tollgate.gateway.authentication.Authentication.ForeignKeys;
import io.tollgate.gateway.authentication.AuthenticationResult.Authenticated;
import io.tollgate.gateway.authentication.AuthenticationResult.Reason;
import io.tollgate.gateway.authentication.AuthenticationResult.Refused;
import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.store.StoreUnavailableException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

class KeyCacheTest {

    private static final String TEXT = KeyText.random();
    private static final AccountId ACCOUNT = new AccountId("acme");

    private final Book book = new Book();
    private final Hands clock = new Hands();
    private final Authentication authentication = new Authentication(
            new KeyCache(
                    book,
                    new AuthenticationProperties(
                            100,
                            Duration.ofMinutes(10),
                            Duration.ofSeconds(1),
                            100,
                            Duration.ofSeconds(1),
                            Duration.ofMinutes(5),
                            10,
                            Duration.ofSeconds(3),
                            false),
                    clock),
            clock,
            ForeignKeys.REFUSED);

    @Test
    void readsAKeyOnce() {
        book.has(key(null, null));

        authenticate();
        authenticate();

        assertThat(book.reads).isEqualTo(1);
    }

    @Test
    void aRevokedKeyStopsWithinASecond() {
        book.has(key(null, null));
        assertThat(authenticate()).isInstanceOf(Authenticated.class);

        book.has(key(null, clock.now));
        clock.now = clock.now.plusSeconds(1);

        assertThat(authenticate()).isEqualTo(new Refused(Reason.REVOKED));
    }

    @Test
    void aKeyExpiresToTheInstant() {
        book.has(key(clock.now.plusSeconds(5), null));
        assertThat(authenticate()).isInstanceOf(Authenticated.class);

        clock.now = clock.now.plusSeconds(5);

        assertThat(authenticate()).isEqualTo(new Refused(Reason.EXPIRED));
    }

    @Test
    void aKnownKeyOutlivesPostgresUpToTheLimit() {
        book.has(key(null, null));
        authenticate();
        book.away = true;

        clock.now = clock.now.plus(Duration.ofMinutes(4));
        assertThat(authenticate()).isInstanceOf(Authenticated.class);

        clock.now = clock.now.plus(Duration.ofMinutes(2));
        assertThatExceptionOfType(StoreUnavailableException.class).isThrownBy(this::authenticate);
    }

    @Test
    void anUnknownKeyIsNotAskedForAgainAtOnce() {
        assertThat(authenticate()).isEqualTo(new Refused(Reason.UNKNOWN));
        assertThat(authenticate()).isEqualTo(new Refused(Reason.UNKNOWN));

        assertThat(book.reads).isEqualTo(1);
    }

    @Test
    void aForeignKeyIsNotEvenLookedFor() {
        assertThat(requireNonNull(authentication
                        .authenticate("Bearer sk-bench-000000000000")
                        .block()))
                .isEqualTo(new Refused(Reason.MALFORMED));
        assertThat(book.reads).isZero();
    }

    private AuthenticationResult authenticate() {
        return requireNonNull(authentication.authenticate("Bearer " + TEXT).block());
    }

    private static ApiKey key(@Nullable Instant expiresAt, @Nullable Instant revokedAt) {
        return new ApiKey("key_1", ACCOUNT, "test", "tg_", Instant.EPOCH, expiresAt, revokedAt, Set.of());
    }

    private static final class Hands extends Clock {

        private Instant now = Instant.parse("2026-11-20T10:00:00Z");

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }

    /** The book of record, in memory. */
    private static final class Book implements ApiKeys {

        private final Map<KeyHash, ApiKey> keys = new HashMap<>();
        private int reads;
        private boolean away;

        void has(ApiKey key) {
            keys.put(KeyHash.of(TEXT), key);
        }

        @Override
        public Mono<ApiKey> find(KeyHash hash) {
            return Mono.defer(() -> {
                reads++;
                return away ? Mono.error(new StoreUnavailableException("away")) : Mono.justOrEmpty(keys.get(hash));
            });
        }

        @Override
        public Flux<KeyHash> changedSince(Instant since) {
            return Flux.defer(() -> away
                    ? Flux.error(new StoreUnavailableException("away"))
                    : Flux.fromIterable(keys.entrySet())
                            .filter(entry -> entry.getValue().revokedAt() != null
                                    && !entry.getValue().revokedAt().isBefore(since))
                            .map(Map.Entry::getKey));
        }

        @Override
        public Mono<IssueResult> issue(AccountId account, String name, @Nullable Instant expiresAt) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Mono<IssueResult> accept(AccountId account, String name, String text) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Mono<ApiKey> revoke(AccountId account, String id) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Flux<ApiKey> of(AccountId account) {
            throw new UnsupportedOperationException();
        }
    }
}
