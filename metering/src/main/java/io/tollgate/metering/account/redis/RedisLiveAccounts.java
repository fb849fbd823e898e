package io.tollgate.metering.account.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.account.AccountSnapshot;
import io.tollgate.metering.account.AccountState;
import io.tollgate.metering.account.LiveAccounts;
import io.tollgate.metering.account.Lot;
import io.tollgate.metering.credit.Credits;
import io.tollgate.metering.redis.Keys;
import io.tollgate.metering.redis.Keys.OfPartition;
import io.tollgate.metering.redis.LuaScript;
import io.tollgate.metering.redis.PartitionScripts;
import io.tollgate.metering.redis.Reply;
import io.tollgate.metering.redis.ScriptArguments;
import io.tollgate.metering.redis.Standing;
import io.tollgate.metering.store.StoreUnavailableException;
import java.util.ArrayList;
import java.util.List;
import reactor.core.publisher.Mono;

/** Reads and seeds account hashes. */
final class RedisLiveAccounts implements LiveAccounts {

    private static final LuaScript READ =
            LuaScript.of("recovery/redis/head", "account/redis/account", "account/redis/read");
    private static final LuaScript SEED = LuaScript.of("recovery/redis/head", "account/redis/seed");

    /** Where the lots begin among the numbers that {@code read.lua} answers, and how many make one. */
    private static final int FIRST_LOT = 4;

    private static final int LOT_SIZE = 4;

    private final PartitionScripts scripts;
    private final Keys keys;

    RedisLiveAccounts(PartitionScripts scripts, Keys keys) {
        this.scripts = scripts;
        this.keys = keys;
    }

    @Override
    public Mono<AccountSnapshot> read(AccountId id) {
        OfPartition at = keys.of(id);
        return scripts.run(
                        at.partition(),
                        READ,
                        standing -> new ScriptArguments(2)
                                .add(at.head())
                                .add(at.accountPrefix(), id.value())
                                .add(standing))
                .filter(reply -> !reply.is("ABSENT"))
                .map(reply -> snapshot(id, reply));
    }

    @Override
    public Mono<Void> seed(AccountSnapshot booked, long epoch) {
        OfPartition at = keys.of(booked.account());
        return scripts.run(at.partition(), SEED, standing -> seedArguments(booked, at, sameEpoch(standing, epoch)))
                .then();
    }

    // A script that meets a new epoch is sent again under it; this one must not be.
    private static Standing sameEpoch(Standing standing, long epoch) {
        if (standing.epoch().epoch() != epoch) {
            throw new StoreUnavailableException("the account's partition was recovered while it was loaded");
        }
        return standing;
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
                .add(booked.lastCommandId().getBytes(US_ASCII));
        for (Lot lot : booked.lots()) {
            arguments
                    .add(lot.grant())
                    .add(lot.remaining().micros())
                    .add(lot.priority())
                    .add(lot.expiresAtMillis());
        }
        return arguments;
    }

    private static AccountSnapshot snapshot(AccountId id, Reply reply) {
        List<Lot> lots = new ArrayList<>();
        for (int i = FIRST_LOT; i < reply.numbers(); i += LOT_SIZE) {
            lots.add(new Lot(
                    reply.number(i),
                    Credits.ofMicros(reply.number(i + 1)),
                    (int) reply.number(i + 2),
                    reply.number(i + 3)));
        }
        return new AccountSnapshot(
                id,
                AccountState.valueOf(reply.text(0)),
                lots,
                reply.number(2),
                reply.number(1),
                reply.number(3),
                reply.text(1));
    }
}
