package io.tollgate.billing.planchange;

import static io.tollgate.metering.postgres.BookOfRecord.got;
import static java.util.Objects.requireNonNull;

import com.google.gson.JsonParser;
import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.model.Event;
import com.stripe.model.Invoice;
import com.stripe.model.Price;
import com.stripe.model.Subscription;
import com.stripe.param.EventListParams;
import com.stripe.param.InvoiceListParams;
import com.stripe.param.PriceCreateParams;
import io.tollgate.billing.World;
import io.tollgate.billing.catalog.Catalogs;
import io.tollgate.billing.catalog.Choice;
import io.tollgate.billing.catalog.Interval;
import io.tollgate.billing.catalog.Plan;
import io.tollgate.billing.checkout.StartResult;
import io.tollgate.billing.checkout.StripePrices;
import io.tollgate.billing.subscription.PlanSchedule;
import io.tollgate.billing.subscription.PlanStanding;
import io.tollgate.billing.subscription.PlanStandings;
import io.tollgate.billing.subscription.SubscriptionEvents;
import io.tollgate.billing.subscription.Subscriptions;
import io.tollgate.billing.webhook.EventHandler;
import io.tollgate.billing.webhook.StoredEvents.TakenEvent;
import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.credit.Credits;
import io.tollgate.sandbox.stripe.Subscribers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Somebody with a plan that was bought through our checkout. Nothing is heard of Stripe unless a test says so. */
final class Owner {

    static final String VISA = World.VISA;
    static final String FAILING = "4000000000000341";
    static final String ASKING = "4000002760003184";

    /** Small, 10.00 or 100.00 a year for 100 credits a month; middle, 25.00 for 250; big, 50.00 or 500.00 for 500. */
    static final String[] PLANS = {
        "tollgate.billing.catalog.plans[0].id=small",
        "tollgate.billing.catalog.plans[0].name=Small",
        "tollgate.billing.catalog.plans[0].allowance=100",
        "tollgate.billing.catalog.plans[0].prices[0].interval=month",
        "tollgate.billing.catalog.plans[0].prices[0].amount=1000",
        "tollgate.billing.catalog.plans[0].prices[0].currency=usd",
        "tollgate.billing.catalog.plans[0].prices[1].interval=year",
        "tollgate.billing.catalog.plans[0].prices[1].amount=10000",
        "tollgate.billing.catalog.plans[0].prices[1].currency=usd",
        "tollgate.billing.catalog.plans[1].id=middle",
        "tollgate.billing.catalog.plans[1].name=Middle",
        "tollgate.billing.catalog.plans[1].allowance=250",
        "tollgate.billing.catalog.plans[1].prices[0].interval=month",
        "tollgate.billing.catalog.plans[1].prices[0].amount=2500",
        "tollgate.billing.catalog.plans[1].prices[0].currency=usd",
        "tollgate.billing.catalog.plans[2].id=big",
        "tollgate.billing.catalog.plans[2].name=Big",
        "tollgate.billing.catalog.plans[2].allowance=500",
        "tollgate.billing.catalog.plans[2].prices[0].interval=month",
        "tollgate.billing.catalog.plans[2].prices[0].amount=5000",
        "tollgate.billing.catalog.plans[2].prices[0].currency=usd",
        "tollgate.billing.catalog.plans[2].prices[1].interval=year",
        "tollgate.billing.catalog.plans[2].prices[1].amount=50000",
        "tollgate.billing.catalog.plans[2].prices[1].currency=usd",
        "tollgate.billing.catalog.plans[3].id=euro",
        "tollgate.billing.catalog.plans[3].name=Euro",
        "tollgate.billing.catalog.plans[3].allowance=500",
        "tollgate.billing.catalog.plans[3].prices[0].interval=month",
        "tollgate.billing.catalog.plans[3].prices[0].amount=5000",
        "tollgate.billing.catalog.plans[3].prices[0].currency=eur",
        "tollgate.billing.catalog.plans[4].id=free",
        "tollgate.billing.catalog.plans[4].name=Free",
        "tollgate.billing.catalog.plans[4].allowance=7",
    };

    final World world;
    final AccountId account;
    private final StripeClient stripe;
    private String subscription = "";

    private Owner(World world) {
        this.world = world;
        this.account = world.account();
        this.stripe = StripeClient.builder()
                .setApiKey(World.SECRET_KEY)
                .setApiBase(world.stripe().baseUri().toString())
                .build();
    }

    /** Without a plan. */
    static Owner without(World world) {
        return new Owner(world);
    }

    static Owner of(World world, String plan, Interval interval) throws StripeException {
        return unheardOf(world, plan, interval).settle();
    }

    /** Has bought the plan, and our book does not know. */
    static Owner unheardOf(World world, String plan, Interval interval) throws StripeException {
        Owner owner = new Owner(world);
        if (!(world.start(owner.account, new Choice.OfPlan(plan, interval, "usd"))
                instanceof StartResult.Started started)) {
            throw new AssertionError("not started");
        }
        world.pay(started.sessionId());
        owner.subscription = owner.stripe
                .v1()
                .checkout()
                .sessions()
                .retrieve(started.sessionId())
                .getSubscription();
        return owner;
    }

    String subscription() {
        return subscription;
    }

    StripeClient stripe() {
        return stripe;
    }

    Subscribers page() {
        return world.stripe().subscribers();
    }

    ChangeResult preview(String plan, @Nullable Interval interval) {
        return got(world.the(PlanChanges.class).preview(account, new Wish(plan, interval)));
    }

    Preview previewed(String plan, @Nullable Interval interval) {
        if (preview(plan, interval) instanceof ChangeResult.Previewed(Preview preview)) {
            return preview;
        }
        throw new AssertionError("no preview of " + plan + ": " + preview(plan, interval));
    }

    ChangeResult change(String plan, @Nullable Interval interval) {
        return got(world.the(PlanChanges.class).change(account, new Wish(plan, interval), null));
    }

    ChangeResult confirm(Preview preview) {
        return got(world.the(PlanChanges.class)
                .change(account, new Wish(preview.plan(), preview.interval()), preview.stamp()));
    }

    Subscription shown() throws StripeException {
        return stripe.v1().subscriptions().retrieve(subscription);
    }

    /** A price of a plan with an id of its own, as the portal sells it. */
    String price(String plan, long minor) throws StripeException {
        Plan sold = requireNonNull(world.the(Catalogs.class).current().plan(plan));
        var _ = got(world.the(StripePrices.class).product(sold));
        Price price = stripe.v1()
                .prices()
                .create(PriceCreateParams.builder()
                        .setCurrency("usd")
                        .setProduct("tollgate_plan_" + plan)
                        .setUnitAmount(minor)
                        .setRecurring(PriceCreateParams.Recurring.builder()
                                .setInterval(PriceCreateParams.Recurring.Interval.MONTH)
                                .build())
                        .build());
        return price.getId();
    }

    /** Newest first. */
    List<Invoice> invoices() throws StripeException {
        return stripe.v1()
                .invoices()
                .list(InvoiceListParams.builder()
                        .setSubscription(subscription)
                        .setLimit(100L)
                        .build())
                .getData();
    }

    /** Has our book look at everything, oldest first, and do what is due. */
    Owner settle() throws StripeException {
        for (Invoice invoice : invoices().reversed()) {
            var _ = got(world.the(Subscriptions.class).lookAtInvoice(invoice.getId()));
        }
        return look();
    }

    /** Has our book look at the subscription, and do what is due. */
    Owner look() {
        var _ = got(world.the(Subscriptions.class).look(subscription));
        var _ = got(world.the(PlanSchedule.class).turn());
        return this;
    }

    /** Half of the running period goes by. */
    void halfAPeriod() throws StripeException {
        var item = shown().getItems().getData().getFirst();
        Instant half = Instant.ofEpochSecond((item.getCurrentPeriodStart() + item.getCurrentPeriodEnd()) / 2);
        world.advance(Duration.between(world.stripe().now(), half));
    }

    /** The next period begins and is paid. */
    void nextPeriod() throws StripeException {
        Instant end =
                Instant.ofEpochSecond(shown().getItems().getData().getFirst().getCurrentPeriodEnd());
        world.advance(Duration.between(world.stripe().now(), end).plusHours(2));
        settle();
    }

    /** All events so far that our book wants to hear of and that are about this subscription, oldest first. */
    List<TakenEvent> events() throws StripeException {
        Set<String> names = invoices().stream().map(Invoice::getId).collect(Collectors.toSet());
        names.add(subscription);
        Set<String> types = world.the(SubscriptionEvents.class).types();
        Set<String> more = world.the(ChangeEvents.class).types();
        List<TakenEvent> all = new ArrayList<>();
        for (Event event : stripe.v1()
                .events()
                .list(EventListParams.builder().setLimit(100L).build())
                .autoPagingIterable()) {
            String raw = event.getDataObjectDeserializer().getRawJson();
            boolean wanted = types.contains(event.getType()) || more.contains(event.getType());
            if (wanted && names.stream().anyMatch(raw::contains)) {
                String id =
                        JsonParser.parseString(raw).getAsJsonObject().get("id").getAsString();
                all.add(new TakenEvent(event.getId(), event.getType(), id, 1));
            }
        }
        return all.reversed();
    }

    void handle(TakenEvent event) {
        for (EventHandler handler : List.of(world.the(SubscriptionEvents.class), world.the(ChangeEvents.class))) {
            if (handler.types().contains(event.type())) {
                var _ = got(handler.handle(event));
            }
        }
    }

    PlanStanding standing() {
        return got(world.the(PlanStandings.class).of(account));
    }

    Instant monthEnd() {
        return requireNonNull(standing().resetsAt());
    }

    Credits spendable() {
        return world.spendable(account);
    }

    long number(String sql) {
        return world.number(sql.replace("$account", account.value()));
    }

    /** All that plans have given so far. */
    Credits given() {
        return Credits.ofMicros(number(
                "SELECT coalesce(sum(amount_micros), 0)::bigint FROM grant_record WHERE account = '$account' AND cause ="
                        + " 'ALLOWANCE'"));
    }

    long payments(String kind) {
        return number("SELECT count(*) FROM payment WHERE account = '$account' AND kind = '" + kind + "'");
    }

    String changeState() {
        return world.text(
                "SELECT state FROM plan_change WHERE account = '" + account + "' ORDER BY created_at DESC LIMIT 1");
    }
}
