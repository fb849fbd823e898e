package io.tollgate.metering.recovery.redis;

import io.tollgate.metering.account.Partition;
import io.tollgate.metering.recovery.Cursors;
import io.tollgate.metering.recovery.Epoch;
import io.tollgate.metering.recovery.Epochs;
import io.tollgate.metering.recovery.Recovery;
import io.tollgate.metering.redis.Keys;
import io.tollgate.metering.redis.LuaScript;
import io.tollgate.metering.redis.RedisConnections;
import io.tollgate.metering.redis.Reply;
import io.tollgate.metering.redis.ScriptArguments;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/** Compares the head in Redis with the book's cursor and opens a new epoch where they do not fit. */
final class RedisRecovery implements Recovery {

    private static final Logger log = LoggerFactory.getLogger(RedisRecovery.class);

    private static final LuaScript OPEN = LuaScript.of("recovery/redis/open");

    private final RedisConnections connections;
    private final Keys keys;
    private final Cursors cursors;
    private final Epochs epochs;

    RedisRecovery(RedisConnections connections, Keys keys, Cursors cursors, Epochs epochs) {
        this.connections = connections;
        this.keys = keys;
        this.cursors = cursors;
        this.epochs = epochs;
    }

    @Override
    public Mono<Void> afterStale(Partition partition, Epoch believed, Epoch head) {
        return Mono.defer(() -> {
            if (epochs.of(partition).epoch() > believed.epoch()) {
                return Mono.empty(); // somebody here has learnt of a newer epoch since the call was sent
            }
            if (believed.epoch() == head.epoch() && head.epoch() > 0) {
                return renew(partition, head.epoch()); // the head stands below what it once acknowledged
            }
            return cursors.epoch(partition).flatMap(booked -> adoptOrRenew(partition, believed, head, booked));
        });
    }

    private Mono<Void> adoptOrRenew(Partition partition, Epoch believed, Epoch head, Epoch booked) {
        if (head.epoch() > 0 && head.epoch() == booked.epoch() && head.epoch() > believed.epoch()) {
            // The next call tells whether Redis still has what is booked.
            epochs.saw(partition, booked.epoch(), booked.seen());
            return Mono.empty();
        }
        return renew(partition, Math.max(believed.epoch(), Math.max(head.epoch(), booked.epoch())));
    }

    @Override
    public Mono<Void> renew(Partition partition, long lost) {
        return cursors.advance(partition, lost)
                .flatMap(epoch -> open(partition, epoch))
                .doOnNext(head -> announce(partition, lost, head))
                .then();
    }

    private Mono<Epoch> open(Partition partition, long epoch) {
        ScriptArguments arguments =
                new ScriptArguments(1).add(keys.of(partition).head()).add(epoch);
        return connections.run(OPEN, arguments).map(RedisRecovery::headOf);
    }

    private void announce(Partition partition, long lost, Epoch head) {
        epochs.saw(partition, head.epoch(), head.seen());
        if (lost > 0) {
            log.warn(
                    "Redis has lost events of partition {}: epoch {} follows {}",
                    partition.number(),
                    head.epoch(),
                    lost);
        }
    }

    private static Epoch headOf(Reply reply) {
        return new Epoch(reply.number(1), reply.lastEvent());
    }
}
