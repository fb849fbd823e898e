package io.tollgate.metering.command.redis;

import io.tollgate.metering.account.Partition;
import io.tollgate.metering.command.ApplyResult;
import io.tollgate.metering.command.Command;
import io.tollgate.metering.command.IssuedCommand;
import io.tollgate.metering.command.LiveCommands;
import io.tollgate.metering.credit.Credits;
import io.tollgate.metering.recovery.Epochs;
import io.tollgate.metering.recovery.Loss;
import io.tollgate.metering.recovery.Recovery;
import io.tollgate.metering.redis.Keys;
import io.tollgate.metering.redis.Keys.OfPartition;
import io.tollgate.metering.redis.LuaScript;
import io.tollgate.metering.redis.PartitionScripts;
import io.tollgate.metering.redis.Reply;
import io.tollgate.metering.redis.ScriptArguments;
import io.tollgate.metering.redis.Standing;
import java.util.List;
import reactor.core.publisher.Mono;

/** Applies commands by script, strictly in order. */
final class RedisLiveCommands implements LiveCommands {

    private static final LuaScript APPLY = LuaScript.of(
            "recovery/redis/head",
            "account/redis/owner",
            "account/redis/account",
            "command/redis/do-keep",
            "account/redis/kept",
            "usage/redis/event",
            "account/redis/expiry",
            "command/redis/apply-order",
            "account/redis/lots",
            "command/redis/late-charge",
            "account/redis/insert-lot",
            "command/redis/grant",
            "command/redis/take-from-lot",
            "command/redis/clawback",
            "command/redis/replace",
            "command/redis/apply",
            "command/redis/apply-write",
            "account/redis/pack",
            "account/redis/save",
            "command/redis/apply-answer");

    private final PartitionScripts scripts;
    private final Recovery recovery;
    private final Epochs epochs;
    private final Keys keys;

    RedisLiveCommands(PartitionScripts scripts, Recovery recovery, Epochs epochs, Keys keys) {
        this.scripts = scripts;
        this.recovery = recovery;
        this.epochs = epochs;
        this.keys = keys;
    }

    @Override
    public Mono<ApplyResult> apply(IssuedCommand command) {
        OfPartition at = keys.of(command.account());
        return scripts.run(at.partition(), APPLY, standing -> arguments(command, at, standing))
                .flatMap(reply -> result(at.partition(), reply));
    }

    private Mono<ApplyResult> result(Partition partition, Reply reply) {
        return switch (reply.word()) {
            case "APPLIED", "DONE" -> Mono.just(new ApplyResult.Applied());
            case "GAP" -> Mono.just(new ApplyResult.Gap(reply.number(1)));
            case "ABSENT" -> Mono.just(new ApplyResult.Absent());
            // The stores have different histories. The book's counts: in a new epoch the account is seeded from it.
            case "CONFLICT" ->
                recovery.recover(partition, epochs.of(partition).epoch(), Loss.Cause.COMMANDS_DIFFER)
                        .thenReturn(new ApplyResult.Absent());
            default -> Mono.error(new IllegalStateException("apply answered " + reply));
        };
    }

    private static ScriptArguments arguments(IssuedCommand issued, OfPartition at, Standing standing) {
        String account = issued.account().value();
        ScriptArguments arguments = new ScriptArguments(2)
                .add(at.head())
                .add(at.accountPrefix(), account)
                .add(standing)
                .ascii(account)
                .add(issued.number())
                .text(issued.id());
        return switch (issued.command()) {
            case Command.Grant grant ->
                arguments
                        .ascii("GRANT")
                        .add(grant.grant())
                        .add(grant.amount().micros())
                        .add(grant.priority())
                        .add(grant.expiresAtMillis());
            case Command.LateCharge late ->
                arguments.ascii("CHARGE").add(late.actual().micros()).text(late.detail());
            case Command.Freeze _ -> arguments.ascii("FREEZE");
            case Command.Thaw _ -> arguments.ascii("THAW");
            case Command.Close _ -> arguments.ascii("CLOSE");
            case Command.Clawback clawback -> {
                arguments.ascii("CLAWBACK").add(clawback.amount().micros());
                clawback.grants().forEach(arguments::add);
                yield arguments;
            }
            case Command.ReplaceAllowance(List<Long> replaced, Credits rollover, Command.Grant allowance) -> {
                arguments
                        .ascii("REPLACE")
                        .add(allowance.grant())
                        .add(allowance.amount().micros())
                        .add(allowance.priority())
                        .add(allowance.expiresAtMillis())
                        .add(rollover.micros());
                replaced.forEach(arguments::add);
                yield arguments;
            }
            // As a replacement by nothing has it.
            case Command.EndAllowances(List<Long> ended) -> {
                arguments.ascii("END").ascii("").ascii("").ascii("").ascii("").add(0);
                ended.forEach(arguments::add);
                yield arguments;
            }
        };
    }
}
