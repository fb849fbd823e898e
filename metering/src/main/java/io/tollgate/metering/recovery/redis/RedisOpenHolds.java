package io.tollgate.metering.recovery.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.lettuce.core.ScanArgs;
import io.lettuce.core.ScanCursor;
import io.lettuce.core.ScoredValue;
import io.lettuce.core.ScoredValueScanCursor;
import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.account.Partition;
import io.tollgate.metering.recovery.OpenHolds;
import io.tollgate.metering.redis.Keys;
import io.tollgate.metering.redis.Keys.OfPartition;
import io.tollgate.metering.redis.LuaScript;
import io.tollgate.metering.redis.RedisConnections;
import io.tollgate.metering.redis.Reply;
import io.tollgate.metering.redis.ScriptArguments;
import io.tollgate.metering.reservation.BookedEnd;
import io.tollgate.metering.reservation.HoldId;
import io.tollgate.metering.store.StoreUnavailableException;
import java.time.Duration;
import java.util.List;
import reactor.core.publisher.Mono;

/** Walks the deadlines, which name every open hold. */
final class RedisOpenHolds implements OpenHolds {

    private static final LuaScript BURY = LuaScript.of("recovery/redis/bury");

    private final RedisConnections connections;
    private final Keys keys;
    private final Duration tombstoneTtl;

    RedisOpenHolds(RedisConnections connections, Keys keys, Duration tombstoneTtl) {
        this.connections = connections;
        this.keys = keys;
        this.tombstoneTtl = tombstoneTtl;
    }

    @Override
    public Mono<Page> page(Partition partition, String from, int count) {
        return connections
                .ask(redis ->
                        redis.zscan(keys.of(partition).deadlines(), ScanCursor.of(from), ScanArgs.Builder.limit(count)))
                .map(RedisOpenHolds::page);
    }

    @Override
    public Mono<Long> bury(Partition partition, long epoch, List<Grave> graves) {
        return Mono.defer(() -> connections.run(BURY, arguments(keys.of(partition), epoch, graves)))
                .map(reply -> buried(partition, reply));
    }

    private ScriptArguments arguments(OfPartition at, long epoch, List<Grave> graves) {
        ScriptArguments arguments =
                new ScriptArguments(2 + graves.size()).add(at.head()).add(at.deadlines());
        for (Grave grave : graves) {
            arguments.add(at.holdPrefix(), member(grave.hold()));
        }
        arguments.add(epoch).add(tombstoneTtl.toMillis());
        for (Grave grave : graves) {
            end(arguments.ascii(member(grave.hold())), grave.end());
        }
        return arguments;
    }

    private static void end(ScriptArguments arguments, BookedEnd end) {
        switch (end) {
            case BookedEnd.Charged charged ->
                arguments
                        .ascii("S")
                        .add(charged.charged().micros())
                        .add(charged.uncollected().micros());
            case BookedEnd.Released _ -> arguments.ascii("R").ascii("").ascii("");
            case BookedEnd.Expired _ -> arguments.ascii("X").ascii("").ascii("");
        }
    }

    private static long buried(Partition partition, Reply reply) {
        if (reply.is("STALE")) {
            throw new StoreUnavailableException(
                    "partition " + partition.number() + " has moved on while it was recovered");
        }
        return reply.number(1);
    }

    private static Page page(ScoredValueScanCursor<byte[]> found) {
        return new Page(
                found.getValues().stream()
                        .map(ScoredValue::getValue)
                        .map(RedisOpenHolds::hold)
                        .toList(),
                found.isFinished() ? START : found.getCursor());
    }

    private static OpenHold hold(byte[] member) {
        String accountAndHold = new String(member, US_ASCII);
        int colon = accountAndHold.indexOf(':');
        return new OpenHold(
                new AccountId(accountAndHold.substring(0, colon)), HoldId.parse(accountAndHold.substring(colon + 1)));
    }

    private static String member(OpenHold open) {
        return open.account().value() + ':' + open.hold();
    }
}
