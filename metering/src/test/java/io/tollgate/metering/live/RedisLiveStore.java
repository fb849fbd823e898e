package io.tollgate.metering.live;

import static java.util.Objects.requireNonNull;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.nio.NioIoHandler;
import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.account.AccountRemoval;
import io.tollgate.metering.account.AccountSnapshot;
import io.tollgate.metering.account.BookedUpTo;
import io.tollgate.metering.account.LiveAccounts;
import io.tollgate.metering.account.Partitions;
import io.tollgate.metering.command.LiveCommands;
import io.tollgate.metering.recovery.Epoch;
import io.tollgate.metering.recovery.Epochs;
import io.tollgate.metering.redis.ScriptClock;
import io.tollgate.metering.reservation.Reservations;
import io.tollgate.metering.usage.EventPosition;
import io.tollgate.metering.usage.UsageBatch;
import io.tollgate.metering.usage.UsageEntry;
import io.tollgate.metering.usage.UsageEvent;
import io.tollgate.metering.usage.UsageStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.beans.factory.support.AbstractBeanDefinition;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.MapPropertySource;

/** Real Redis behind the adapters as the application wires them, with a book that can be told what to say. */
public final class RedisLiveStore implements LiveStore, AutoCloseable {

    private static final int BATCH = 1_000;

    private final FakeBook book;
    private final EventLoopGroup loops;
    private final AnnotationConfigApplicationContext context;
    private volatile long now = ScriptClock.UNKNOWN;

    /** A gateway of its own on the Redis at this address. */
    public RedisLiveStore(String uri, FakeBook book) {
        this(uri, book, Duration.ofSeconds(5));
    }

    /** One that waits no longer than this for an answer. */
    public RedisLiveStore(String uri, FakeBook book, Duration timeout) {
        this.book = book;
        this.loops = new MultiThreadIoEventLoopGroup(
                2, Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
        this.context = new AnnotationConfigApplicationContext();
        context.getEnvironment()
                .getPropertySources()
                .addFirst(new MapPropertySource(
                        "test",
                        Map.of(
                                "spring.data.redis.url",
                                uri,
                                "spring.data.redis.timeout",
                                timeout.toMillis() + "ms",
                                "tollgate.metering.partitions",
                                PARTITIONS,
                                "tollgate.metering.holds.max-open-per-account",
                                MAX_OPEN_HOLDS,
                                "tollgate.metering.sweep-interval",
                                "1h")));
        context.registerBean(
                EventLoopGroup.class,
                () -> loops,
                definition -> ((AbstractBeanDefinition) definition).setDestroyMethodName(""));
        context.registerBean(FakeBook.class, () -> book);
        context.registerBean(MeterRegistry.class, SimpleMeterRegistry::new);
        context.registerBean(ScriptClock.class, () -> () -> now);
        context.scan(
                "io.tollgate.metering.redis",
                "io.tollgate.metering.account.redis",
                "io.tollgate.metering.command.redis",
                "io.tollgate.metering.reservation.redis",
                "io.tollgate.metering.recovery.redis",
                "io.tollgate.metering.usage.redis");
        context.refresh();
        context.stop(); // the loops, whose first turn may already do what a test is about to do
    }

    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    public FakeBook book() {
        return book;
    }

    @Override
    public Reservations reservations() {
        return bean(Reservations.class);
    }

    @Override
    public LiveAccounts accounts() {
        return bean(LiveAccounts.class);
    }

    @Override
    public LiveAccounts.Seeding seed(AccountSnapshot account) {
        return Await.value(accounts().seed(account, standing(account.account()).epoch()));
    }

    @Override
    public BookedUpTo standing(AccountId account) {
        Await.end(accounts().read(account).then()); // tells the epoch
        Epoch epoch = bean(Epochs.class).of(bean(Partitions.class).of(account));
        return new BookedUpTo(epoch.epoch(), epoch.seen());
    }

    @Override
    public AccountRemoval removal() {
        return bean(AccountRemoval.class);
    }

    @Override
    public LiveCommands commands() {
        return bean(LiveCommands.class);
    }

    @Override
    public void book(AccountSnapshot account) {
        book.put(account);
    }

    @Override
    public void now(long millis) {
        now = millis;
    }

    /** Back to Redis' own clock. */
    public void realTime() {
        now = ScriptClock.UNKNOWN;
    }

    @Override
    public List<UsageEvent> events(AccountId account) {
        List<UsageEvent> events = new ArrayList<>();
        EventPosition at = EventPosition.START;
        while (true) {
            UsageBatch batch = requireNonNull(bean(UsageStream.class)
                    .read(bean(Partitions.class).of(account), at, BATCH)
                    .block());
            for (UsageEntry entry : batch.entries()) {
                at = entry.position();
                if (((UsageEntry.Legible) entry).event().account().equals(account)) {
                    events.add(((UsageEntry.Legible) entry).event());
                }
            }
            if (batch.entries().size() < BATCH) {
                return events;
            }
        }
    }

    @Override
    public void close() {
        context.close();
        var _ = loops.shutdownGracefully();
    }
}
