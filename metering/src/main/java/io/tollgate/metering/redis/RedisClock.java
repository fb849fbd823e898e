package io.tollgate.metering.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Redis' clock as it was last heard, moved on by this machine's: a script that asks for itself costs Redis a command with every
 * call. What was heard is good to half of the time the answer took, and not trusted for long; then scripts ask again.
 */
public final class RedisClock implements ScriptClock {

    private static final long SLOWEST_ANSWER_MILLIS = 20;

    private final RedisConnections connections;
    private final LongSupplier own;
    private final long trustMillis;
    private volatile @Nullable Heard heard;

    private record Heard(long atMillis, long aheadMillis) {}

    /** {@code trust} bounds how long one answer is used, and with it how far a step of this machine's clock goes unnoticed. */
    public RedisClock(RedisConnections connections, LongSupplier ownMillis, Duration trust) {
        this.connections = connections;
        this.own = ownMillis;
        this.trustMillis = trust.toMillis();
    }

    @Override
    public long nowMillis() {
        Heard last = heard;
        if (last == null) {
            return UNKNOWN;
        }
        long now = own.getAsLong();
        long age = now - last.atMillis();
        return age < 0 || age > trustMillis ? UNKNOWN : now + last.aheadMillis();
    }

    /** Asks Redis for its time. */
    public Mono<Void> listen() {
        return Mono.defer(() -> {
            long asked = own.getAsLong();
            return connections
                    .ask(redis -> redis.time())
                    .doOnNext(time -> hear(asked, own.getAsLong(), millis(time)))
                    .then();
        });
    }

    /** An answer that took long says little; what was heard before is better until it is too old. */
    void hear(long askedMillis, long answeredMillis, long redisMillis) {
        long took = answeredMillis - askedMillis;
        if (took >= 0 && took <= SLOWEST_ANSWER_MILLIS) {
            heard = new Heard(answeredMillis, redisMillis - (askedMillis + took / 2));
        }
    }

    /** Seconds, and microseconds beside them. */
    private static long millis(List<byte[]> time) {
        return number(time.getFirst()) * 1_000 + number(time.getLast()) / 1_000;
    }

    private static long number(byte[] digits) {
        return Long.parseLong(new String(digits, US_ASCII));
    }
}
