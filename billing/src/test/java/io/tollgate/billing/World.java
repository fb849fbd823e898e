package io.tollgate.billing;

import static io.tollgate.metering.postgres.BookOfRecord.got;

import io.tollgate.billing.catalog.Choice;
import io.tollgate.billing.checkout.Checkout;
import io.tollgate.billing.checkout.ReturnUrls;
import io.tollgate.billing.checkout.StartResult;
import io.tollgate.billing.webhook.ReceiveResult;
import io.tollgate.billing.webhook.WebhookInbox;
import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.account.LiveAccounts;
import io.tollgate.metering.account.postgres.TestAccounts;
import io.tollgate.metering.background.BackgroundLoop;
import io.tollgate.metering.credit.Credits;
import io.tollgate.metering.postgres.BookOfRecord;
import io.tollgate.sandbox.stores.Database;
import io.tollgate.sandbox.stores.SharedStores;
import io.tollgate.sandbox.stripe.CheckoutResult;
import io.tollgate.sandbox.stripe.DeliveryMode;
import io.tollgate.sandbox.stripe.StripeSimulator;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/** The billing module, wired as in production, between real stores and a simulated Stripe that can reach its inbox. */
public final class World implements AutoCloseable {

    public static final String WEBHOOK_SECRET = "whsec_test";
    public static final String VISA = "4242424242424242";
    public static final ReturnUrls URLS =
            new ReturnUrls(URI.create("http://localhost/success"), URI.create("http://localhost/cancel"));

    public static final String SECRET_KEY = "sk_test_world";

    private final BookOfRecord book = BookOfRecord.fresh();
    private final StripeSimulator stripe =
            StripeSimulator.start(StripeSimulator.Settings.onFreePort(SECRET_KEY, WEBHOOK_SECRET));
    private final ConfigurableApplicationContext application;
    private final DisposableServer endpoint;

    private World(List<String> settings, BeanPostProcessor... between) {
        application = new SpringApplicationBuilder(BillingTestApplication.class)
                .web(WebApplicationType.NONE)
                .initializers(context -> {
                    context.getBeanFactory().registerSingleton("billingClock", (InstantSource) stripe::now);
                    List.of(between).forEach(context.getBeanFactory()::addBeanPostProcessor);
                })
                .properties(all(settings))
                .run();
        endpoint = HttpServer.create()
                .host("127.0.0.1")
                .port(0)
                .route(routes -> routes.post("/webhook", this::receive))
                .bindNow();
        stripe.deliverWebhooksTo(URI.create("http://127.0.0.1:" + endpoint.port() + "/webhook"));
    }

    /** With the loops that handle webhooks and look after orders running. */
    public static World running(String... settings) {
        return new World(List.of(settings));
    }

    /** As {@link #running}, but nothing happens beside what a test does. */
    public static World still(String... settings) {
        World world = new World(List.of(settings));
        world.stopLoops();
        return world;
    }

    /** As {@link #still}, with something between the beans. */
    public static World stillWith(BeanPostProcessor between, String... settings) {
        World world = new World(List.of(settings), between);
        world.stopLoops();
        return world;
    }

    // Billing's own; metering's go on. Waits for turns under way: one that is cut off while its SQL transaction begins
    // spoils the
    // connection for others.
    private void stopLoops() {
        List<BackgroundLoop> loops = Arrays.stream(application.getBeanNamesForType(BackgroundLoop.class))
                .filter(this::isBillings)
                .map(name -> application.getBean(name, BackgroundLoop.class))
                .toList();
        Flux.fromIterable(loops)
                .flatMap(loop -> Mono.create(sink -> loop.stop(sink::success)), loops.size())
                .blockLast();
    }

    private boolean isBillings(String loop) {
        ConfigurableListableBeanFactory beans = application.getBeanFactory();
        String maker = beans.getBeanDefinition(loop).getFactoryBeanName();
        Class<?> configuration = maker == null ? null : beans.getType(maker);
        return loop.startsWith("noticeWebhookLoop.")
                || (configuration != null && configuration.getName().startsWith("io.tollgate.billing."));
    }

    public <T> T the(Class<T> type) {
        return application.getBean(type);
    }

    /** All that the application has of a kind, in its order. */
    public <T> List<T> each(Class<T> type) {
        return application.getBeanProvider(type).orderedStream().toList();
    }

    public StripeSimulator stripe() {
        return stripe;
    }

    public BookOfRecord book() {
        return book;
    }

    /** Lets time pass for Stripe, and so for billing; the stores keep theirs, which is never ahead of it. */
    public void advance(Duration by) {
        stripe.advanceClock(by);
    }

    public AccountId account() {
        return TestAccounts.open(book);
    }

    public StartResult start(AccountId account, Choice choice) {
        return got(the(Checkout.class).start(account, choice, URLS));
    }

    /** Opens a checkout for the small pack (10 credits for 9.00) and answers its session's id. */
    public String opened(AccountId account) {
        StartResult result = start(account, new Choice.OfPack("small"));
        if (result instanceof StartResult.Started started) {
            return started.sessionId();
        }
        throw new AssertionError("not started: " + result);
    }

    /** Opens a checkout as {@link #opened} and pays it. */
    public String paid(AccountId account) {
        String session = opened(account);
        pay(session);
        return session;
    }

    public void pay(String session) {
        CheckoutResult result = stripe.pay(session, VISA);
        if (!(result instanceof CheckoutResult.Paid)) {
            throw new AssertionError("not paid: " + result);
        }
    }

    /** Empties inbox and orders and puts Stripe in order, so that tests which look at all of them can share a world. */
    public void clear() {
        stripe.endOutage();
        stripe.deliverWebhooks(DeliveryMode.NORMAL);
        book.owner()
                .sql("TRUNCATE webhook_event, topup_order, payment CASCADE")
                .then()
                .block();
    }

    public long grantsOf(AccountId account) {
        return book.number("SELECT count(*) FROM grant_record WHERE account = '" + account + "'");
    }

    /** What the live store says the account may spend; zero as long as it has not heard of it. */
    public Credits spendable(AccountId account) {
        return the(LiveAccounts.class)
                .read(account)
                .map(snapshot -> snapshot.balance().spendable())
                .blockOptional()
                .orElse(Credits.ZERO);
    }

    public String orderState(String session) {
        return text("SELECT state FROM topup_order WHERE session_id = '" + session + "'");
    }

    public String text(String sql) {
        return got(book.client().sql(sql).mapValue(String.class).one());
    }

    public long number(String sql) {
        return book.number(sql);
    }

    public List<String> texts(String sql) {
        return got(book.client().sql(sql).mapValue(String.class).all().collectList());
    }

    /** What every connection of the application does, for whoever asks why nothing goes on. */
    public String activity() {
        return String.join(
                "\n",
                got(book.client()
                        .sql(
                                "SELECT concat_ws(' ', pid, state, wait_event_type, wait_event, now() - xact_start, left(query, 150))"
                                        + " FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()")
                        .mapValue(String.class)
                        .all()
                        .collectList()));
    }

    @Override
    public void close() {
        endpoint.disposeNow();
        application.close();
        stripe.close();
        book.close();
    }

    private String[] all(List<String> settings) {
        Database database = book.place();
        List<String> all = new ArrayList<>(List.of(
                "spring.flyway.enabled=false",
                "spring.data.redis.url=" + SharedStores.instance().redis().freshUri(),
                "tollgate.metering.partitions=8",
                "tollgate.metering.courier.interval=50ms",
                "tollgate.metering.courier.age=100ms",
                "spring.r2dbc.url=" + database.r2dbcUrl(),
                "spring.r2dbc.username=" + database.app().user(),
                "spring.r2dbc.password=" + database.app().password(),
                "tollgate.billing.stripe.api-base=" + stripe.baseUri(),
                "tollgate.billing.stripe.secret-key=" + SECRET_KEY,
                "tollgate.billing.stripe.webhook-secrets=" + WEBHOOK_SECRET,
                // Neither comes between a test and the outages it has ordered.
                "tollgate.billing.stripe-reconciliation.recovery.enabled=false",
                "tollgate.billing.stripe-reconciliation.nightly-at=off",
                "tollgate.billing.catalog.packs[0].id=small",
                "tollgate.billing.catalog.packs[0].name=Small",
                "tollgate.billing.catalog.packs[0].credits=10",
                "tollgate.billing.catalog.packs[0].amount=900",
                "tollgate.billing.catalog.packs[0].currency=usd",
                "tollgate.billing.catalog.custom.currency=usd",
                "tollgate.billing.catalog.custom.minimum=500",
                "tollgate.billing.catalog.custom.maximum=50000",
                "tollgate.billing.catalog.custom.step=100",
                "tollgate.billing.catalog.custom.credits-per-minor-unit=0.01"));
        all.addAll(settings);
        return all.toArray(String[]::new);
    }

    private Mono<Void> receive(HttpServerRequest request, HttpServerResponse response) {
        return request.receive()
                .aggregate()
                .asByteArray()
                .flatMap(body -> the(WebhookInbox.class)
                        .receive(body, request.requestHeaders().get("Stripe-Signature")))
                .flatMap(result -> response.status(result instanceof ReceiveResult.Accepted ? 200 : 400)
                        .send());
    }
}
