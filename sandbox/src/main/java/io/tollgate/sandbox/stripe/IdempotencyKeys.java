package io.tollgate.sandbox.stripe;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Remembers the answer to each keyed request for 24 hours: the same request gets the same answer, another request with
 * the key is refused, and so is a second one while the first is still running.
 */
final class IdempotencyKeys {
    static final int KEYS_MAX = 10_000;
    private static final int KEY_LENGTH_MAX = 255;
    private static final Duration KEPT_FOR = Duration.ofHours(24);

    private record Entry(String fingerprint, Instant since, Reply.@Nullable Answer answer) {}

    private final LinkedHashMap<String, Entry> entries = new LinkedHashMap<>();
    private final Clock clock;

    IdempotencyKeys(Clock clock) {
        this.clock = clock;
    }

    /** Takes the key, or returns the answer to replay; refuses what conflicts. */
    synchronized Optional<Reply.Answer> begin(String key, String fingerprint) {
        if (key.length() > KEY_LENGTH_MAX) {
            throw ApiException.badRequest("Idempotency keys can have up to 255 characters.");
        }
        Entry known = entries.get(key);
        if (known == null || known.since().plus(KEPT_FOR).isBefore(clock.instant())) {
            entries.put(key, new Entry(fingerprint, clock.instant(), null));
            if (entries.size() > KEYS_MAX) {
                entries.pollFirstEntry();
            }
            return Optional.empty();
        }
        if (!known.fingerprint().equals(fingerprint)) {
            throw ApiException.idempotencyMismatch(key);
        }
        if (known.answer() == null) {
            throw ApiException.idempotencyInFlight(key);
        }
        return Optional.of(known.answer());
    }

    synchronized void keep(String key, Reply.Answer answer) {
        entries.computeIfPresent(key, (_, entry) -> new Entry(entry.fingerprint(), entry.since(), answer));
    }

    /** Gives the key back: the request was refused before it began, so it may be sent again. */
    synchronized void forget(String key) {
        entries.remove(key);
    }
}
