package io.tollgate.metering.account.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.account.AccountInspection;
import io.tollgate.metering.account.AccountSnapshot;
import io.tollgate.metering.account.LiveAccounts;
import io.tollgate.metering.account.Lot;
import io.tollgate.metering.redis.Keys;
import io.tollgate.metering.redis.Keys.OfPartition;
import io.tollgate.metering.redis.LuaScript;
import io.tollgate.metering.redis.PartitionScripts;
import io.tollgate.metering.redis.Reply;
import io.tollgate.metering.redis.ScriptArguments;
import io.tollgate.metering.redis.Standing;
import io.tollgate.metering.store.StoreUnavailableException;
import reactor.core.publisher.Mono;

/** Reads, inspects and seeds packed accounts. */
final class RedisLiveAccounts implements LiveAccounts, AccountInspection {

    private static final LuaScript READ = LuaScript.of(
            "recovery/redis/head",
            "account/redis/owner",
            "account/redis/account",
            "account/redis/if-kept",
            "account/redis/kept",
            "usage/redis/event",
            "account/redis/expiry",
            "account/redis/read",
            "account/redis/answer");
    private static final LuaScript INSPECT = LuaScript.of(
            "recovery/redis/head",
            "account/redis/owner",
            "account/redis/account",
            "account/redis/if-kept",
            "account/redis/kept",
            "usage/redis/event",
            "account/redis/expiry",
            "account/redis/read",
            "account/redis/holds",
            "account/redis/inspect",
            "account/redis/answer");
    private static final LuaScript SEED = LuaScript.of(
            "recovery/redis/head",
            "account/redis/seed",
            "account/redis/holds",
            "account/redis/seed-holds",
            "account/redis/pack",
            "account/redis/save",
            "account/redis/seed-answer");

    private final PartitionScripts scripts;
    private final Keys keys;

    RedisLiveAccounts(PartitionScripts scripts, Keys keys) {
        this.scripts = scripts;
        this.keys = keys;
    }

    @Override
    public Mono<AccountSnapshot> read(AccountId id) {
        return ask(id, READ).map(reply -> AccountReply.snapshot(id, reply));
    }

    @Override
    public Mono<Found> inspect(AccountId id) {
        return ask(id, INSPECT).map(reply -> AccountReply.found(id, reply));
    }

    private Mono<Reply> ask(AccountId id, LuaScript script) {
        OfPartition at = keys.of(id);
        return scripts.run(
                        at.partition(),
                        script,
                        standing -> new ScriptArguments(3)
                                .add(at.head())
                                .add(at.accountPrefix(), id.value())
                                .add(at.deadlines())
                                .add(standing)
                                .ascii(id.value())
                                .add(at.holdPrefix()))
                .filter(reply -> !reply.is("ABSENT"));
    }

    @Override
    public Mono<Seeding> seed(AccountSnapshot booked, long epoch) {
        OfPartition at = keys.of(booked.account());
        return scripts.run(at.partition(), SEED, standing -> seedArguments(booked, at, sameEpoch(standing, epoch)))
                .map(RedisLiveAccounts::seeding);
    }

    // A script that meets a new epoch is sent again under it; this one must not be.
    private static Standing sameEpoch(Standing standing, long epoch) {
        if (standing.epoch().epoch() != epoch) {
            throw new StoreUnavailableException("the account's partition was recovered while it was loaded");
        }
        return standing;
    }

    private static Seeding seeding(Reply reply) {
        return switch (reply.word()) {
            case "SEEDED", "PRESENT" -> Seeding.IN_PLACE;
            case "BEHIND" -> Seeding.BEHIND;
            default -> throw new IllegalStateException("seed answered " + reply);
        };
    }

    private static ScriptArguments seedArguments(AccountSnapshot booked, OfPartition at, Standing standing) {
        String id = booked.account().value();
        ScriptArguments arguments = new ScriptArguments(3)
                .add(at.head())
                .add(at.accountPrefix(), id)
                .add(at.deadlines())
                .add(standing)
                .ascii(id)
                .add(at.holdPrefix())
                .ascii(booked.state().name())
                .add(booked.debtMicros())
                .add(booked.lastCommand())
                .add(booked.lastCommandId().getBytes(US_ASCII))
                .add(booked.booked().epoch())
                .add(booked.booked().number());
        for (Lot lot : booked.lots()) {
            arguments
                    .add(lot.grant())
                    .add(lot.remaining().micros())
                    .add(lot.priority())
                    .add(lot.expiresAtMillis());
        }
        return arguments;
    }
}
