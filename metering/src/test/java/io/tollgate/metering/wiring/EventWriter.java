package io.tollgate.metering.wiring;

import io.lettuce.core.RedisClient;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.StatefulRedisConnection;
import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.usage.UsageEvent.Kind;

/** Writes events into the stream as a script would, whatever the live store thinks of the account. */
final class EventWriter {

    private static final String APPEND = """
            local epoch, last = string.match(redis.call('GET', KEYS[1]), '^(%d+)-(%d+)$')
            local id = epoch .. '-' .. string.format('%d', last + 1)
            redis.call('SET', KEYS[1], id)
            local v = {}
            for i = 1, 8 do v[i] = tonumber(ARGV[4 + i]) end
            redis.call('XADD', KEYS[2], id, 'e', cmsgpack.pack(1, ARGV[1], ARGV[2], ARGV[3], ARGV[4],
              v[1], v[2], v[3], v[4], ARGV[13], v[5], v[6], v[7], ARGV[14]))
            return id
            """;

    private final Metering metering;

    EventWriter(Metering metering) {
        this.metering = metering;
    }

    /**
     * An event.
     *
     * @param lots as text: {@code grant:micros,…}
     * @param postedAfter what the live store would say
     */
    record Written(
            Kind kind,
            String id,
            AccountId account,
            long charged,
            long debtChange,
            String lots,
            String expired,
            long postedAfter,
            long command) {}

    /** Answers the entry's id. */
    String write(Written event) {
        String prefix = "{tg:" + metering.partitions().of(event.account()).number() + "}:";
        RedisClient client = RedisClient.create(metering.redisUri());
        try (StatefulRedisConnection<String, String> connection = client.connect()) {
            return connection
                    .sync()
                    .eval(
                            APPEND,
                            ScriptOutputType.VALUE,
                            new String[] {prefix + "head", prefix + "usage"},
                            event.kind().name(),
                            event.id(),
                            event.account().value(),
                            "",
                            "0",
                            Long.toString(event.charged()),
                            "0",
                            Long.toString(event.debtChange()),
                            Long.toString(event.postedAfter()),
                            Long.toString(event.command()),
                            Long.toString(System.currentTimeMillis()),
                            "0",
                            event.lots(),
                            event.expired());
        } finally {
            client.shutdown();
        }
    }
}
