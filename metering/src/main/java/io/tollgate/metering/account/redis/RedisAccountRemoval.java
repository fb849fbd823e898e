package io.tollgate.metering.account.redis;

import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.account.AccountRemoval;
import io.tollgate.metering.account.BookedUpTo;
import io.tollgate.metering.redis.Keys;
import io.tollgate.metering.redis.Keys.OfPartition;
import io.tollgate.metering.redis.LuaScript;
import io.tollgate.metering.redis.PartitionScripts;
import io.tollgate.metering.redis.Reply;
import io.tollgate.metering.redis.ScriptArguments;
import io.tollgate.metering.redis.Standing;
import java.time.Duration;
import reactor.core.publisher.Mono;

final class RedisAccountRemoval implements AccountRemoval {

    private static final LuaScript EVICT =
            LuaScript.of("account/redis/idle", "recovery/redis/head", "account/redis/evict", "account/redis/mark");
    private static final LuaScript DROP =
            LuaScript.of("recovery/redis/head", "account/redis/drop", "account/redis/mark");

    private final PartitionScripts scripts;
    private final Keys keys;
    private final Duration markerTtl;

    RedisAccountRemoval(PartitionScripts scripts, Keys keys, Duration markerTtl) {
        this.scripts = scripts;
        this.keys = keys;
        this.markerTtl = markerTtl;
    }

    @Override
    public Mono<Removal> evict(AccountId account, BookedUpTo booked, Duration idle) {
        OfPartition at = keys.of(account);
        return scripts.run(
                        at.partition(),
                        EVICT,
                        standing -> arguments(account, booked, at, standing).add(idle.toSeconds()))
                .map(RedisAccountRemoval::removal);
    }

    @Override
    public Mono<Removal> drop(AccountId account, BookedUpTo booked) {
        OfPartition at = keys.of(account);
        return scripts.run(at.partition(), DROP, standing -> arguments(account, booked, at, standing))
                .map(RedisAccountRemoval::removal);
    }

    private ScriptArguments arguments(AccountId account, BookedUpTo booked, OfPartition at, Standing standing) {
        return new ScriptArguments(2)
                .add(at.head())
                .add(at.accountPrefix(), account.value())
                .add(standing)
                .add(booked.epoch())
                .add(booked.number())
                .add(markerTtl.toMillis());
    }

    private static Removal removal(Reply reply) {
        return switch (reply.word()) {
            case "EVICTED", "DROPPED" -> Removal.REMOVED;
            case "BUSY" -> Removal.BUSY;
            case "ABSENT" -> Removal.ABSENT;
            default -> throw new IllegalStateException("removal answered " + reply);
        };
    }
}
