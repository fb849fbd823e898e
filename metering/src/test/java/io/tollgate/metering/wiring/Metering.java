package io.tollgate.metering.wiring;

import static io.tollgate.metering.postgres.BookOfRecord.got;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.channel.EventLoopGroup;
import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.account.BookedAccounts;
import io.tollgate.metering.account.LiveAccounts;
import io.tollgate.metering.account.Partitions;
import io.tollgate.metering.background.BackgroundLoop;
import io.tollgate.metering.command.Courier;
import io.tollgate.metering.credit.Credits;
import io.tollgate.metering.grant.Grant;
import io.tollgate.metering.grant.Grants;
import io.tollgate.metering.grant.Grants.GrantResult;
import io.tollgate.metering.ledger.Money;
import io.tollgate.metering.postgres.BookOfRecord;
import io.tollgate.metering.pricing.TokenUsage;
import io.tollgate.metering.redis.ScriptClock;
import io.tollgate.metering.reservation.EndResult;
import io.tollgate.metering.reservation.Ending;
import io.tollgate.metering.reservation.Ending.Overage;
import io.tollgate.metering.reservation.HoldId;
import io.tollgate.metering.reservation.HoldRequest;
import io.tollgate.metering.reservation.HoldResult;
import io.tollgate.metering.reservation.Reservations;
import io.tollgate.metering.usage.Flusher;
import io.tollgate.metering.usage.UsageDetail;
import io.tollgate.sandbox.stores.Database;
import io.tollgate.sandbox.stores.SharedStores;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.GenericApplicationContext;
import reactor.core.publisher.Mono;
import reactor.netty.resources.LoopResources;

/** The module, started on a database and a Redis of its own; its loops sleep unless a test asks for them. */
public final class Metering implements AutoCloseable {

    public static final UsageDetail DETAIL = new UsageDetail(
            "key",
            "chat",
            "model",
            UsageDetail.Outcome.COMPLETED,
            TokenUsage.of(10, 20),
            UsageDetail.CountedBy.UPSTREAM);

    private static final AtomicInteger ACCOUNTS = new AtomicInteger();

    private final BookOfRecord book;
    private final String redisUri;
    private final ConfigurableApplicationContext context;

    private Metering(BookOfRecord book, String redisUri, String... properties) {
        this(book, redisUri, context -> {}, properties);
    }

    private Metering(
            BookOfRecord book,
            String redisUri,
            ApplicationContextInitializer<GenericApplicationContext> more,
            String... properties) {
        this.book = book;
        this.redisUri = redisUri;
        List<String> all = new ArrayList<>(List.of(
                "spring.main.banner-mode=off",
                "spring.flyway.enabled=false",
                "spring.r2dbc.url=" + book.place().r2dbcUrl(),
                "spring.r2dbc.username=" + book.place().app().user(),
                "spring.r2dbc.password=" + book.place().app().password(),
                "spring.r2dbc.pool.initial-size=1",
                "spring.data.redis.url=" + redisUri,
                "tollgate.metering.partitions=16",
                "tollgate.metering.flush.interval=1h",
                "tollgate.metering.flush.sweep=1h",
                "tollgate.metering.courier.interval=1h"));
        all.addAll(List.of(properties));
        this.context = new SpringApplicationBuilder(Application.class)
                .web(WebApplicationType.NONE)
                .registerShutdownHook(false)
                .initializers(more)
                .properties(all.toArray(String[]::new))
                .run();
        awaitFirstTurns();
    }

    /** Every loop that runs begins with a turn, which would do, or have locked, what a test is about to do. */
    private void awaitFirstTurns() {
        if (context.getBeansOfType(BackgroundLoop.class).values().stream().noneMatch(BackgroundLoop::isRunning)) {
            return;
        }
        await().atMost(Duration.ofSeconds(30))
                .until(() -> bean(MeterRegistry.class).get("tollgate.loop.turns").functionCounters().stream()
                        .allMatch(turns -> turns.count() > 0));
    }

    public static Metering start(String... properties) {
        return new Metering(
                BookOfRecord.fresh(), SharedStores.instance().redis().freshUri(), properties);
    }

    /** With beans that the application does not have. */
    public static Metering startWith(
            ApplicationContextInitializer<GenericApplicationContext> more, String... properties) {
        return new Metering(
                BookOfRecord.fresh(), SharedStores.instance().redis().freshUri(), more, properties);
    }

    /** Left to migrate by itself, as the owner of the tables. */
    static Metering onEmptyDatabase() {
        BookOfRecord book = BookOfRecord.empty();
        Database place = book.place();
        return new Metering(
                book,
                SharedStores.instance().redis().freshUri(),
                "spring.flyway.enabled=true",
                "spring.flyway.url=" + place.jdbcUrl(),
                "spring.flyway.user=" + place.owner().user(),
                "spring.flyway.password=" + place.owner().password());
    }

    /** Another gateway on the same stores. */
    public Metering beside(String... properties) {
        return new Metering(book, redisUri, properties);
    }

    /** Another one, whose scripts go by another clock. */
    Metering beside(ScriptClock clock) {
        return besideWith(started -> started.registerBean(ScriptClock.class, () -> clock));
    }

    /** Another one, on the same Redis with another Postgres. */
    Metering on(BookOfRecord other) {
        return new Metering(other, redisUri);
    }

    /** Another gateway on the same stores, with beans that the application does not have. */
    public Metering besideWith(ApplicationContextInitializer<GenericApplicationContext> more, String... properties) {
        return new Metering(book, redisUri, more, properties);
    }

    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    public BookOfRecord book() {
        return book;
    }

    public String redisUri() {
        return redisUri;
    }

    public Reservations reservations() {
        return bean(Reservations.class);
    }

    public LiveAccounts live() {
        return bean(LiveAccounts.class);
    }

    public BookedAccounts booked() {
        return bean(BookedAccounts.class);
    }

    public Flusher flusher() {
        return bean(Flusher.class);
    }

    public AccountId open() {
        AccountId id = new AccountId("metered-" + ACCOUNTS.incrementAndGet());
        got(booked().create(id, "Metered"));
        return id;
    }

    /** Gives and pushes. */
    public GrantResult.Given give(AccountId account, Credits amount, @Nullable Money paid) {
        GrantResult.Given given = giveOnly(account, amount, paid);
        bean(Courier.class).push(given.command()).block();
        return given;
    }

    /** Gives, as if the gateway died before the push. */
    public GrantResult.Given giveOnly(AccountId account, Credits amount, @Nullable Money paid) {
        Grant grant = new Grant(
                account,
                amount,
                Grant.Cause.OPERATOR,
                account + ":" + ACCOUNTS.incrementAndGet(),
                paid,
                Grant.DEFAULT_PRIORITY,
                null);
        return (GrantResult.Given) got(bean(Grants.class).give(grant));
    }

    /** A whole call: holds {@code heldMicros}, which must succeed, and settles. */
    public Mono<EndResult> call(AccountId account, long heldMicros, long chargedMicros) {
        return hold(account, heldMicros)
                .flatMap(hold -> reservations()
                        .end(account, hold, new Ending.Settle(Credits.ofMicros(chargedMicros), Overage.DEBT, DETAIL)));
    }

    /** A new hold. */
    public Mono<HoldId> hold(AccountId account, long micros) {
        return Mono.defer(() -> {
            HoldId hold = HoldId.bornAt(System.currentTimeMillis());
            return reservations()
                    .hold(new HoldRequest(account, hold, Credits.ofMicros(micros), Duration.ofMinutes(1)))
                    .cast(HoldResult.Held.class)
                    .thenReturn(hold);
        });
    }

    /** Books everything there is. */
    public void flushAll() {
        flusher().sweep().block();
    }

    public Partitions partitions() {
        return bean(Partitions.class);
    }

    @Override
    public void close() {
        context.close();
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @ComponentScan("io.tollgate.metering")
    static class Application {

        @Bean
        LoopResources loopResources() {
            return LoopResources.create("metering", 2, true);
        }

        @Bean
        EventLoopGroup eventLoops(LoopResources resources) {
            return resources.onServer(LoopResources.DEFAULT_NATIVE);
        }

        @Bean
        MeterRegistry meters() {
            return new SimpleMeterRegistry();
        }
    }
}
