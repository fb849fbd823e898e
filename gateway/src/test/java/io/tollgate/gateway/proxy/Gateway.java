package io.tollgate.gateway.proxy;

import static java.util.Objects.requireNonNull;

import io.tollgate.gateway.TollgateApplication;
import io.tollgate.gateway.authentication.ApiKeys;
import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.account.AccountSnapshot;
import io.tollgate.metering.account.Balance;
import io.tollgate.metering.account.BookedAccounts;
import io.tollgate.metering.account.LiveAccounts;
import io.tollgate.metering.command.LiveCommands;
import io.tollgate.metering.credit.Credits;
import io.tollgate.metering.grant.Grant;
import io.tollgate.metering.grant.Grants;
import io.tollgate.metering.grant.Grants.GrantResult.Given;
import io.tollgate.metering.usage.UsageDetail.CountedBy;
import io.tollgate.metering.usage.UsageDetail.Outcome;
import io.tollgate.sandbox.ai.AiSettings;
import io.tollgate.sandbox.ai.AiSimulator;
import io.tollgate.sandbox.ai.Delivery;
import io.tollgate.sandbox.stores.Database;
import io.tollgate.sandbox.stores.SharedStores;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A gateway in this JVM with a database, a Redis and a simulated provider of its own. */
final class Gateway implements AutoCloseable {

    private static final String ENDS = """
            SELECT kind, outcome, counted_by, charged_micros, input_tokens, output_tokens
              FROM usage_event WHERE account = :account ORDER BY epoch, number""";

    final AiSimulator ai = AiSimulator.start(AiSettings.defaults());
    private final ConfigurableApplicationContext application;

    Gateway(String... settings) {
        SharedStores stores = SharedStores.instance();
        Database database = stores.postgres().freshDatabase();
        List<String> arguments = new ArrayList<>(List.of(
                "--server.address=127.0.0.1",
                "--server.port=0",
                "--spring.main.banner-mode=off",
                "--spring.r2dbc.url=" + database.r2dbcUrl(),
                "--spring.r2dbc.username=" + database.app().user(),
                "--spring.r2dbc.password=" + database.app().password(),
                "--spring.flyway.url=" + database.jdbcUrl(),
                "--spring.flyway.user=" + database.owner().user(),
                "--spring.flyway.password=" + database.owner().password(),
                "--spring.data.redis.url=" + stores.redis().freshUri(),
                "--TOLLGATE_UPSTREAM_URL=" + ai.url() + "/v1",
                "--TOLLGATE_UPSTREAM_API_KEY=" + ai.apiKey(),
                "--tollgate.upstreams.openai.tell-account=true",
                "--tollgate.upstreams.openai.timeouts.first-byte=1s",
                "--tollgate.upstreams.openai.timeouts.idle=1s",
                "--spring.config.additional-location=classpath:/io/tollgate/gateway/proxy/routes.yml"));
        arguments.addAll(List.of(settings));
        application = new SpringApplication(TollgateApplication.class).run(arguments.toArray(String[]::new));
    }

    String url() {
        return "http://127.0.0.1:" + application.getEnvironment().getProperty("local.server.port");
    }

    <T> T bean(Class<T> type) {
        return application.getBean(type);
    }

    /** A new account with a key and so much credit, granted and applied. */
    Customer customer(String credits) {
        AccountId account = new AccountId("acct-" + UUID.randomUUID().toString().substring(0, 18));
        await(bean(BookedAccounts.class).create(account, "test"));
        ApiKeys.IssueResult issued = await(bean(ApiKeys.class).issue(account, "test", null));
        if (!Credits.parse(credits).isZero()) {
            Given given = (Given) await(bean(Grants.class)
                    .give(new Grant(
                            account,
                            Credits.parse(credits),
                            Grant.Cause.OPERATOR,
                            account.value(),
                            null,
                            Grant.DEFAULT_PRIORITY,
                            null)));
            await(bean(LiveCommands.class).apply(given.command()));
        }
        return new Customer(account, ((ApiKeys.IssueResult.Issued) issued).text());
    }

    /** The position once the account's holds have ended, which follows the answer. */
    Balance settled(Customer customer) {
        return soon(
                bean(LiveAccounts.class).read(customer.account()).map(AccountSnapshot::balance),
                balance -> balance.heldMicros() == 0);
    }

    /** What is held of the customer's credit at this moment, in micro-credits. */
    long held(Customer customer) {
        return await(bean(LiveAccounts.class)
                .read(customer.account())
                .map(AccountSnapshot::heldMicros)
                .defaultIfEmpty(0L));
    }

    /** The ends of the customer's holds that are booked, in their order. */
    List<Ended> ends(Customer customer) {
        return await(bean(DatabaseClient.class)
                .sql(ENDS)
                .bind("account", customer.account().value())
                .map(row -> new Ended(
                        requireNonNull(row.get("kind", String.class)),
                        Outcome.valueOf(requireNonNull(row.get("outcome", String.class))),
                        CountedBy.valueOf(requireNonNull(row.get("counted_by", String.class))),
                        requireNonNull(row.get("charged_micros", Long.class)),
                        requireNonNull(row.get("input_tokens", Long.class)),
                        requireNonNull(row.get("output_tokens", Long.class))))
                .all()
                .collectList());
    }

    /** What the provider says it delivered for the account, once it says so. */
    Delivery deliveryOf(Customer customer, Predicate<Delivery> wanted) {
        return soon(
                Flux.defer(() -> Flux.fromIterable(ai.deliveries().since(0, 10_000)))
                        .filter(delivery -> customer.account().value().equals(delivery.account()))
                        .filter(wanted)
                        .next(),
                _ -> true);
    }

    private static <T> T soon(Mono<T> look, Predicate<T> wanted) {
        return await(Flux.interval(Duration.ZERO, Duration.ofMillis(20))
                .onBackpressureDrop()
                .concatMap(_ -> look, 1)
                .filter(wanted)
                .next()
                .timeout(Duration.ofSeconds(10)));
    }

    record Customer(AccountId account, String key) {}

    static <T> T await(Mono<T> mono) {
        return requireNonNull(mono.block());
    }

    @Override
    public void close() {
        application.close();
        ai.close();
    }
}
