package io.tollgate.gateway.authentication;

import io.tollgate.metering.account.AccountId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** API keys in the book of record. An unreachable store signals {@link io.tollgate.metering.store.StoreUnavailableException}. */
public interface ApiKeys {

    /**
     * Makes a new random key. What is answered is the only time its text is known.
     *
     * @param expiresAt null for never
     */
    Mono<IssueResult> issue(AccountId account, String name, @Nullable Instant expiresAt);

    /**
     * Takes a key that somebody else has made, such as a benchmark's.
     *
     * @throws IllegalArgumentException if it is no word of 8 to 200 letters, digits, {@code _}, {@code -} or {@code .}
     */
    Mono<IssueResult> accept(AccountId account, String name, String text);

    /** Ends a key for good; empty if the account has no such key. Revoking it again answers when it was revoked first. */
    Mono<ApiKey> revoke(AccountId account, String id);

    Flux<ApiKey> of(AccountId account);

    /** Empty if there is none. */
    Mono<ApiKey> find(KeyHash hash);

    /** Hashes of the keys that were revoked, or whose account came into other groups, at or after {@code since}. */
    Flux<KeyHash> changedSince(Instant since);

    /** What became of making a key. */
    sealed interface IssueResult {
        /** {@code text} is shown once and stored nowhere. */
        record Issued(ApiKey key, String text) implements IssueResult {
            @Override
            public String toString() {
                return "Issued[" + key + "]";
            }
        }

        /** The same text is a key already. */
        record Taken() implements IssueResult {}

        record NoSuchAccount(AccountId account) implements IssueResult {}
    }
}
