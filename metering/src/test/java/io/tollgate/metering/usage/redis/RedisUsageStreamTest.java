package io.tollgate.metering.usage.redis;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.XAddArgs;
import io.tollgate.metering.account.Partition;
import io.tollgate.metering.account.Partitions;
import io.tollgate.metering.live.Await;
import io.tollgate.metering.live.Calls;
import io.tollgate.metering.live.FakeBook;
import io.tollgate.metering.live.RawRedis;
import io.tollgate.metering.live.RedisLiveStore;
import io.tollgate.metering.usage.EventPosition;
import io.tollgate.metering.usage.UsageBatch;
import io.tollgate.metering.usage.UsageEntry;
import io.tollgate.metering.usage.UsageStream;
import io.tollgate.sandbox.stores.SharedStores;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RedisUsageStreamTest {

    private final String uri = SharedStores.instance().redis().freshUri();
    private final RawRedis raw = new RawRedis(uri);
    private final RedisLiveStore store = new RedisLiveStore(uri, new FakeBook());
    private final Calls calls = new Calls(store);
    private final UsageStream stream = store.bean(UsageStream.class);
    private final Partition partition = store.bean(Partitions.class).of(calls.account);
    private final String key = "{tg:" + partition.number() + "}:usage";

    @BeforeEach
    void appendFiveEvents() {
        store.now(Calls.START);
        calls.credit(1).credit(2).credit(3).credit(4).credit(5);
    }

    @AfterEach
    void close() {
        store.close();
        raw.close();
    }

    private static EventPosition at(long number) {
        return new EventPosition(1, number);
    }

    private UsageBatch read(EventPosition after, int count) {
        return Await.value(stream.read(partition, after, count));
    }

    private static EventPosition anchor(UsageBatch batch) {
        return requireNonNull(batch.anchor(), "no anchor").position();
    }

    private static List<Long> numbers(UsageBatch batch) {
        return batch.entries().stream().map(entry -> entry.position().number()).toList();
    }

    @Test
    void readsFromTheStart() {
        UsageBatch batch = read(EventPosition.START, 10);

        assertThat(batch.anchor()).isNull();
        assertThat(numbers(batch)).containsExactly(1L, 2L, 3L, 4L, 5L);
    }

    @Test
    void readsBehindTheAnchorAsManyAsAskedFor() {
        UsageBatch batch = read(at(2), 2);

        assertThat(anchor(batch)).isEqualTo(at(2));
        assertThat(numbers(batch)).containsExactly(3L, 4L);
    }

    @Test
    void findsTheAnchorWhereNothingFollows() {
        UsageBatch batch = read(at(5), 2);

        assertThat(anchor(batch)).isEqualTo(at(5));
        assertThat(batch.entries()).isEmpty();
    }

    @Test
    void missesAnAnchorThatIsGone() {
        raw.redis().xdel(key, "1-2");

        UsageBatch batch = read(at(2), 2);

        assertThat(batch.anchor()).isNull();
        assertThat(numbers(batch)).containsExactly(3L, 4L);
    }

    @Test
    void missesAnAnchorBeyondTheEnd() {
        assertThat(read(at(9), 2)).isEqualTo(new UsageBatch(null, List.of()));
    }

    @Test
    void trimsWhatLiesBelowAndLeavesTheAnchor() {
        Await.end(stream.trim(partition, at(3)));

        assertThat(raw.redis().xlen(key)).isEqualTo(3);
        assertThat(anchor(read(at(3), 10))).isEqualTo(at(3));
    }

    @Test
    void handsOnWhatItCannotRead() {
        raw.redis().xadd(key, new XAddArgs().id("1-6"), "e", "no\nevent\\");
        raw.redis().xadd(key, new XAddArgs().id("1-7"), "other", "field", "and", "one");

        UsageBatch batch = read(at(5), 10);

        assertThat(batch.entries()).extracting(UsageEntry::position).containsExactly(at(6), at(7));
        assertThat(batch.entries()).allMatch(UsageEntry.Illegible.class::isInstance);
        assertThat(((UsageEntry.Illegible) batch.entries().getFirst()).fields()).isEqualTo("e=no\\x0aevent\\x5c\n");
    }
}
