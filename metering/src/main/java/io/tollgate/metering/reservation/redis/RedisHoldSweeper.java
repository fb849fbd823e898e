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
    private static final int SWEEPS_AT_ONCE = 16;

    /** The looks of a turn leave together, in a few writes. */
    private static final int LOOKS_AT_ONCE = 256;

    private final RedisConnections connections;
    private final Keys keys;
    private final Reservations reservations;
    private final ScriptClock clock;
    private final SweepPlan plan;
    private final SweepMeter meter;
    private final int atOnce;

    RedisHoldSweeper(
            RedisConnections connections,
            Keys keys,
            Reservations reservations,
            ScriptClock clock,
            SweepPlan plan,
            SweepMeter meter,
            int atOnce) {
        this.connections = connections;
        this.keys = keys;
        this.reservations = reservations;
        this.clock = clock;
        this.plan = plan;
        this.meter = meter;
        this.atOnce = atOnce;
    }

    @Override
    public Mono<Long> sweepDue() {
        return Flux.defer(() -> Flux.fromIterable(plan.due(nowMillis())))
                .flatMapDelayError(this::look, LOOKS_AT_ONCE, LOOKS_AT_ONCE)
                .flatMapDelayError(this::sweep, SWEEPS_AT_ONCE, SWEEPS_AT_ONCE)
                .reduce(0L, Long::sum)
                .onErrorMap(RedisHoldSweeper::oneOf);
    }

    /** The partition if something in it may be due. */
    private Mono<Partition> look(Partition partition) {
        return connections
                .ask(redis -> redis.zrangeWithScores(keys.of(partition).deadlines(), 0, 0))
                .filter(first -> {
                    long now = nowMillis();
                    long deadline = first.isEmpty()
                            ? SweepPlan.NO_DEADLINE
                            : (long) first.getFirst().getScore();
                    meter.looked();
                    plan.looked(partition, deadline, now);
                    return deadline <= now;
                })
                .map(first -> partition);
    }

    @Override
    public Mono<Long> sweep(Partition partition) {
        return connections
                .ask(redis -> redis.zrangebyscore(
                        keys.of(partition).deadlines(), Range.<Number>create(0, nowMillis()), Limit.from(atOnce)))
                .flatMapMany(Flux::fromIterable)
                .flatMapDelayError(this::expireCounted, ENDS_AT_ONCE, ENDS_AT_ONCE)
                .filter(EndResult.Returned.class::isInstance)
                .count()
                .onErrorMap(RedisHoldSweeper::oneOf);
    }

    private Mono<EndResult> expireCounted(byte[] member) {
        return Mono.defer(() -> expire(member)).doOnNext(meter::swept).doOnError(meter::failed);
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
        long now = clock.nowMillis();
        return now == ScriptClock.UNKNOWN ? System.currentTimeMillis() : now;
    }
}
