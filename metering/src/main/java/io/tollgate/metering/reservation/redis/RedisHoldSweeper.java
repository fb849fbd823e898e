package io.tollgate.metering.reservation.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.lettuce.core.Limit;
import io.lettuce.core.Range;
import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.account.Partition;
import io.tollgate.metering.redis.Keys;
import io.tollgate.metering.redis.RedisConnections;
import io.tollgate.metering.redis.ScriptClock;
import io.tollgate.metering.reservation.EndResult;
import io.tollgate.metering.reservation.Ending;
import io.tollgate.metering.reservation.HoldId;
import io.tollgate.metering.reservation.HoldSweeper;
import io.tollgate.metering.reservation.Reservations;
import reactor.core.Exceptions;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Looks by this gateway's clock for holds that may be due and lets the script decide by Redis'. All gateways may sweep the same
 * partition: a hold expires once. One that cannot be ended now, because its account cannot be loaded say, keeps none of the others.
 */
final class RedisHoldSweeper implements HoldSweeper {

    private static final int ENDS_AT_ONCE = 16;

    private final RedisConnections connections;
    private final Keys keys;
    private final Reservations reservations;
    private final ScriptClock clock;
    private final int atOnce;

    RedisHoldSweeper(
            RedisConnections connections, Keys keys, Reservations reservations, ScriptClock clock, int atOnce) {
        this.connections = connections;
        this.keys = keys;
        this.reservations = reservations;
        this.clock = clock;
        this.atOnce = atOnce;
    }

    @Override
    public Mono<Long> sweep(Partition partition) {
        return connections
                .ask(redis -> redis.zrangebyscore(
                        keys.of(partition).deadlines(), Range.<Number>create(0, nowMillis()), Limit.from(atOnce)))
                .flatMapMany(Flux::fromIterable)
                .flatMapDelayError(member -> Mono.defer(() -> expire(member)), ENDS_AT_ONCE, ENDS_AT_ONCE)
                .filter(EndResult.Returned.class::isInstance)
                .count()
                .onErrorMap(RedisHoldSweeper::oneOf);
    }

    private Mono<EndResult> expire(byte[] member) {
        String accountAndHold = new String(member, US_ASCII);
        int colon = accountAndHold.indexOf(':');
        return reservations.end(
                new AccountId(accountAndHold.substring(0, colon)),
                HoldId.parse(accountAndHold.substring(colon + 1)),
                new Ending.Expire());
    }

    /** When the store is away everything fails, and one failure tells as much as hundreds. */
    static Throwable oneOf(Throwable failures) {
        return Exceptions.unwrapMultiple(failures).getFirst();
    }

    private long nowMillis() {
        String now = clock.now();
        return now.isEmpty() ? System.currentTimeMillis() : Long.parseLong(now);
    }
}
