package io.tollgate.metering.reservation.redis;

import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.account.AccountLoader;
import io.tollgate.metering.account.AccountState;
import io.tollgate.metering.account.Balance;
import io.tollgate.metering.credit.Credits;
import io.tollgate.metering.redis.Keys;
import io.tollgate.metering.redis.Keys.OfPartition;
import io.tollgate.metering.redis.LuaScript;
import io.tollgate.metering.redis.Packing;
import io.tollgate.metering.redis.PartitionScripts;
import io.tollgate.metering.redis.Reply;
import io.tollgate.metering.redis.ScriptArguments;
import io.tollgate.metering.redis.Standing;
import io.tollgate.metering.reservation.EndResult;
import io.tollgate.metering.reservation.Ending;
import io.tollgate.metering.reservation.HoldId;
import io.tollgate.metering.reservation.HoldRequest;
import io.tollgate.metering.reservation.HoldResult;
import io.tollgate.metering.reservation.Reservations;
import io.tollgate.metering.store.StoreUnavailableException;
import java.time.Duration;
import java.util.function.Function;
import reactor.core.publisher.Mono;

/** Holds and ends by one script each; loads an absent account and asks again. */
final class RedisReservations implements Reservations {

    private static final LuaScript HOLD = LuaScript.of(
            "recovery/redis/head",
            "reservation/redis/hold-arguments",
            "account/redis/account",
            "account/redis/if-kept",
            "usage/redis/event",
            "account/redis/kept",
            "account/redis/expiry",
            "reservation/redis/hold",
            "reservation/redis/hold-write",
            "account/redis/pack",
            "reservation/redis/hold-answer");
    private static final LuaScript END = LuaScript.of(
            "recovery/redis/head",
            "reservation/redis/end-arguments",
            "account/redis/account",
            "account/redis/if-kept",
            "account/redis/kept",
            "usage/redis/event",
            "account/redis/expiry",
            "account/redis/lots",
            "reservation/redis/end-judge",
            "reservation/redis/end-charge",
            "reservation/redis/end",
            "account/redis/pack",
            "reservation/redis/end-answer");

    private static final int PACKED_HOLD = 128;
    private static final int PACKED_END = 224;

    /** Whether the book was asked how a hold ended that the live store has lost. */
    private enum Book {
        NOT_ASKED,
        ASKED
    }

    private final PartitionScripts scripts;
    private final AccountLoader loader;
    private final LostHolds lostHolds;
    private final Keys keys;
    private final Duration tombstoneTtl;
    private final int maxOpenHolds;

    RedisReservations(
            PartitionScripts scripts,
            AccountLoader loader,
            LostHolds lostHolds,
            Keys keys,
            Duration tombstoneTtl,
            int maxOpenHolds) {
        this.scripts = scripts;
        this.loader = loader;
        this.lostHolds = lostHolds;
        this.keys = keys;
        this.tombstoneTtl = tombstoneTtl;
        this.maxOpenHolds = maxOpenHolds;
    }

    @Override
    public Mono<HoldResult> hold(HoldRequest request) {
        OfPartition at = keys.of(request.account());
        return onPresentAccount(
                request.account(),
                scripts.run(at.partition(), HOLD, standing -> holdArguments(request, at, standing)),
                reply -> Mono.just(holdResult(reply)),
                new HoldResult.NoSuchAccount(request.account()));
    }

    @Override
    public Mono<EndResult> end(AccountId account, HoldId hold, Ending ending) {
        return onPresentAccount(
                account,
                end(account, hold, ending, Book.NOT_ASKED),
                reply -> reply.is("LOST") ? endOfLost(account, hold, ending) : Mono.just(endResult(reply)),
                new EndResult.NoSuchAccount(account));
    }

    private Mono<EndResult> endOfLost(AccountId account, HoldId hold, Ending ending) {
        return lostHolds
                .bookedCharge(account, hold)
                .switchIfEmpty(onPresentAccount(
                        account,
                        end(account, hold, ending, Book.ASKED),
                        reply -> Mono.just(endResult(reply)),
                        new EndResult.NoSuchAccount(account)));
    }

    private Mono<Reply> end(AccountId account, HoldId hold, Ending ending, Book book) {
        OfPartition at = keys.of(account);
        return scripts.run(at.partition(), END, standing -> endArguments(account, hold, ending, at, standing, book));
    }

    // One operator for all: a call passes through this twice.
    private <T> Mono<T> onPresentAccount(
            AccountId account, Mono<Reply> call, Function<Reply, Mono<T>> result, T noSuchAccount) {
        return call.flatMap(reply -> reply.is("ABSENT")
                ? loader.load(account).flatMap(loading -> switch (loading) {
                    case IN_PLACE -> call.map(RedisReservations::present).flatMap(result);
                    case NO_SUCH_ACCOUNT -> Mono.just(noSuchAccount);
                })
                : result.apply(reply));
    }

    private static Reply present(Reply reply) {
        if (reply.is("ABSENT")) {
            throw new StoreUnavailableException("the account was lost again while it was loaded");
        }
        return reply;
    }

    private ScriptArguments holdArguments(HoldRequest request, OfPartition at, Standing standing) {
        String account = request.account().value();
        String id = request.id().toString();
        return new ScriptArguments(3)
                .add(at.head())
                .add(at.accountPrefix(), account)
                .add(at.holdPrefix(), account, id)
                .add(standing)
                .add(new Packing(PACKED_HOLD)
                        .text(account)
                        .text(id)
                        .number(request.total().micros())
                        .number(request.ttl().toMillis())
                        .number(maxOpenHolds));
    }

    private ScriptArguments endArguments(
            AccountId account, HoldId hold, Ending ending, OfPartition at, Standing standing, Book book) {
        String id = hold.toString();
        Packing how = new Packing(PACKED_END).text(account.value()).text(id);
        switch (ending) {
            case Ending.Settle settle ->
                why(how, "SETTLE", hold)
                        .number(settle.actual().micros())
                        .text(settle.overage().name())
                        .text(settle.detail().encode());
            case Ending.Release release ->
                why(how, "RELEASE", hold)
                        .number(0)
                        .text("")
                        .text(release.detail().encode());
            case Ending.Expire _ -> why(how, "EXPIRE", hold).number(0).text("").text("");
        }
        return new ScriptArguments(3)
                .add(at.head())
                .add(at.accountPrefix(), account.value())
                .add(at.holdPrefix(), account.value(), id)
                .add(standing)
                .add(how.number(book == Book.ASKED ? 1 : 0));
    }

    private Packing why(Packing how, String reason, HoldId hold) {
        return how.text(reason).number(tombstoneTtl.toMillis()).number(hold.bornAtMillis());
    }

    private static HoldResult holdResult(Reply reply) {
        return switch (reply.word()) {
            case "HELD" ->
                new HoldResult.Held(Credits.ofMicros(reply.number(1)), new Balance(reply.number(2), reply.number(3)));
            case "REFUSED" -> new HoldResult.Refused(new Balance(reply.number(1), reply.number(2)));
            case "NOT_ACTIVE" -> new HoldResult.NotActive(AccountState.valueOf(reply.text(0)));
            case "ENDED" -> new HoldResult.Ended();
            case "TOO_MANY" -> new HoldResult.TooManyHolds(reply.number(1));
            default -> throw new IllegalStateException("hold answered " + reply);
        };
    }

    private static EndResult endResult(Reply reply) {
        return switch (reply.word()) {
            case "SETTLED" ->
                new EndResult.Settled(
                        Credits.ofMicros(reply.number(3)),
                        Credits.ofMicros(reply.number(4)),
                        new Balance(reply.number(1), reply.number(2)));
            case "RETURNED" -> new EndResult.Returned(new Balance(reply.number(1), reply.number(2)));
            case "NOT_DUE" -> new EndResult.NotDue();
            case "NO_HOLD" -> new EndResult.NoSuchHold();
            case "TOO_LATE" -> new EndResult.TooLate();
            default -> throw new IllegalStateException("end answered " + reply);
        };
    }
}
