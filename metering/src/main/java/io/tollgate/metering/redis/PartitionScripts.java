package io.tollgate.metering.redis;

import io.tollgate.metering.account.Partition;
import io.tollgate.metering.recovery.Epoch;
import io.tollgate.metering.recovery.Epochs;
import io.tollgate.metering.recovery.Recovery;
import io.tollgate.metering.store.StoreUnavailableException;
import java.util.function.Function;
import reactor.core.publisher.Mono;

/** Runs the scripts that decide something: under the partition's epoch, with what this gateway has seen of it. */
public final class PartitionScripts {

    /** Once for an epoch not known yet, once more for one that moved on meanwhile. */
    private static final int ATTEMPTS = 4;

    private final RedisConnections connections;
    private final Epochs epochs;
    private final Recovery recovery;
    private final ScriptClock clock;

    public PartitionScripts(RedisConnections connections, Epochs epochs, Recovery recovery, ScriptClock clock) {
        this.connections = connections;
        this.epochs = epochs;
        this.recovery = recovery;
        this.clock = clock;
    }

    /** Runs the script; where it answers STALE, recovers the partition and runs it again, a bounded number of times. */
    public Mono<Reply> run(Partition partition, LuaScript script, Function<Standing, ScriptArguments> arguments) {
        return attempt(partition, script, arguments, ATTEMPTS);
    }

    private Mono<Reply> attempt(
            Partition partition, LuaScript script, Function<Standing, ScriptArguments> arguments, int left) {
        return Mono.defer(() -> {
            Epoch believed = epochs.of(partition);
            return connections
                    .run(script, arguments.apply(new Standing(believed, clock.nowMillis())))
                    .flatMap(reply -> {
                        if (!reply.is("STALE")) {
                            epochs.saw(partition, believed.epoch(), reply.lastEvent());
                            return Mono.just(reply);
                        }
                        Epoch head = new Epoch(reply.number(1), reply.lastEvent());
                        return left == 1
                                ? Mono.error(unsettled(partition))
                                : recovery.afterStale(partition, believed, head)
                                        .then(attempt(partition, script, arguments, left - 1));
                    });
        });
    }

    private static StoreUnavailableException unsettled(Partition partition) {
        return new StoreUnavailableException(
                "partition " + partition.number() + " is being recovered; its epoch has not settled yet");
    }
}
