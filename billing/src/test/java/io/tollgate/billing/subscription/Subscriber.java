package io.tollgate.billing.subscription;

import static io.tollgate.metering.postgres.BookOfRecord.got;

import com.google.gson.JsonParser;
import com.stripe.StripeClient;
import com.stripe.exception.InvalidRequestException;
import com.stripe.exception.StripeException;
import com.stripe.model.Event;
import com.stripe.model.Invoice;
import com.stripe.model.Subscription;
import com.stripe.param.CustomerCreateParams;
import com.stripe.param.CustomerUpdateParams;
import com.stripe.param.EventListParams;
import com.stripe.param.InvoiceListParams;
import com.stripe.param.PaymentMethodAttachParams;
import com.stripe.param.ProductCreateParams;
import com.stripe.param.SubscriptionCreateParams;
import com.stripe.param.SubscriptionCreateParams.Item;
import com.stripe.param.SubscriptionCreateParams.Item.PriceData;
import io.tollgate.billing.World;
import io.tollgate.billing.webhook.Handling;
import io.tollgate.billing.webhook.StoredEvents.TakenEvent;
import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.credit.Credits;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** An account and its customer at Stripe, as our checkout would have made them; events are handled only when a test says so. */
final class Subscriber {

    static final String[] PLANS = {
        "tollgate.billing.catalog.plans[0].id=pro",
        "tollgate.billing.catalog.plans[0].name=Pro",
        "tollgate.billing.catalog.plans[0].allowance=250",
        "tollgate.billing.catalog.plans[0].prices[0].interval=month",
        "tollgate.billing.catalog.plans[0].prices[0].amount=500",
        "tollgate.billing.catalog.plans[0].prices[0].currency=usd",
        "tollgate.billing.catalog.plans[0].prices[1].interval=year",
        "tollgate.billing.catalog.plans[0].prices[1].amount=5000",
        "tollgate.billing.catalog.plans[0].prices[1].currency=usd",
        "tollgate.billing.catalog.plans[0].trial.days=14",
        "tollgate.billing.catalog.plans[0].trial.allowance=50",
        "tollgate.billing.catalog.plans[1].id=roll",
        "tollgate.billing.catalog.plans[1].name=Rolling",
        "tollgate.billing.catalog.plans[1].allowance=100",
        "tollgate.billing.catalog.plans[1].rollover=40",
        "tollgate.billing.catalog.plans[1].prices[0].interval=month",
        "tollgate.billing.catalog.plans[1].prices[0].amount=1000",
        "tollgate.billing.catalog.plans[1].prices[0].currency=usd",
        "tollgate.billing.catalog.plans[2].id=free",
        "tollgate.billing.catalog.plans[2].name=Free",
        "tollgate.billing.catalog.plans[2].allowance=7",
    };

    private final World world;
    private final StripeClient stripe;
    final AccountId account;
    final String customer;
    private String subscription = "";

    private Subscriber(World world, String card) throws StripeException {
        this.world = world;
        this.stripe = client(world);
        this.account = world.account();
        this.customer = stripe.v1()
                .customers()
                .create(CustomerCreateParams.builder().setEmail("a@example.com").build())
                .getId();
        useCard(card);
    }

    static Subscriber with(World world, String card) throws StripeException {
        return new Subscriber(world, card);
    }

    static StripeClient client(World world) {
        return StripeClient.builder()
                .setApiKey(World.SECRET_KEY)
                .setApiBase(world.stripe().baseUri().toString())
                .build();
    }

    void useCard(String card) throws StripeException {
        String method = stripe.v1()
                .paymentMethods()
                .attach(
                        card,
                        PaymentMethodAttachParams.builder()
                                .setCustomer(customer)
                                .build())
                .getId();
        stripe.v1()
                .customers()
                .update(
                        customer,
                        CustomerUpdateParams.builder()
                                .setInvoiceSettings(CustomerUpdateParams.InvoiceSettings.builder()
                                        .setDefaultPaymentMethod(method)
                                        .build())
                                .build());
    }

    Subscriber monthly(String plan, long minor) throws StripeException {
        return subscribe(plan, minor, PriceData.Recurring.Interval.MONTH, request -> {});
    }

    Subscriber yearly(String plan, long minor) throws StripeException {
        return subscribe(plan, minor, PriceData.Recurring.Interval.YEAR, request -> {});
    }

    Subscriber trying(String plan, long minor, long days) throws StripeException {
        return subscribe(plan, minor, PriceData.Recurring.Interval.MONTH, request -> request.setTrialPeriodDays(days));
    }

    Subscriber subscribe(
            String plan,
            long minor,
            PriceData.Recurring.Interval interval,
            Consumer<SubscriptionCreateParams.Builder> more)
            throws StripeException {
        SubscriptionCreateParams.Builder request = SubscriptionCreateParams.builder()
                .setCustomer(customer)
                .putMetadata("tollgate_account", account.value())
                .putMetadata("tollgate_plan", plan)
                .addItem(Item.builder()
                        .setPriceData(PriceData.builder()
                                .setCurrency("usd")
                                .setProduct(product(plan))
                                .setUnitAmount(minor)
                                .setRecurring(PriceData.Recurring.builder()
                                        .setInterval(interval)
                                        .build())
                                .build())
                        .build());
        more.accept(request);
        subscription = stripe.v1().subscriptions().create(request.build()).getId();
        return this;
    }

    private String product(String plan) throws StripeException {
        String id = "tollgate_plan_" + plan;
        try {
            return stripe.v1().products().retrieve(id).getId();
        } catch (InvalidRequestException absent) {
            return stripe.v1()
                    .products()
                    .create(ProductCreateParams.builder()
                            .setId(id)
                            .setName(plan)
                            .build())
                    .getId();
        }
    }

    String subscription() {
        return subscription;
    }

    StripeClient stripe() {
        return stripe;
    }

    Subscription shown() throws StripeException {
        return stripe.v1().subscriptions().retrieve(subscription);
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

    /** All events of subscriptions and invoices that Stripe has had so far, oldest first. */
    static List<Event> allEvents(World world) throws StripeException {
        Set<String> types = world.the(SubscriptionEvents.class).types();
        List<Event> all = new ArrayList<>();
        for (Event event : client(world)
                .v1()
                .events()
                .list(EventListParams.builder().setLimit(100L).build())
                .autoPagingIterable()) {
            if (types.contains(event.getType())) {
                all.add(event);
            }
        }
        return all.reversed();
    }

    /** Those of them that are about this subscription. */
    List<TakenEvent> own(List<Event> all) throws StripeException {
        Set<String> names = invoices().stream().map(Invoice::getId).collect(Collectors.toSet());
        names.add(subscription);
        return all.stream()
                .filter(event -> names.stream().anyMatch(raw(event)::contains))
                .map(event -> new TakenEvent(event.getId(), event.getType(), id(raw(event)), 1))
                .toList();
    }

    private static String raw(Event event) {
        return event.getDataObjectDeserializer().getRawJson();
    }

    private static String id(String object) {
        return JsonParser.parseString(object).getAsJsonObject().get("id").getAsString();
    }

    /** Has our book look at the subscription and at each of its invoices, oldest first, and do what is due. */
    Subscriber settle() throws StripeException {
        List<Invoice> invoices = new ArrayList<>(invoices());
        for (Invoice invoice : invoices.reversed()) {
            var _ = got(world.the(Subscriptions.class).lookAtInvoice(invoice.getId()));
        }
        var _ = got(world.the(Subscriptions.class).look(subscription));
        return due();
    }

    Subscriber due() {
        var _ = got(world.the(PlanSchedule.class).turn());
        return this;
    }

    Handling handle(TakenEvent event) {
        return got(world.the(SubscriptionEvents.class).handle(event));
    }

    Credits spendable() {
        return world.spendable(account);
    }

    long number(String sql) {
        return world.book().number(sql.replace("$account", account.value()));
    }

    /** The allowances given so far. */
    long allowances() {
        return number("SELECT count(*) FROM grant_record WHERE account = '$account' AND cause = 'ALLOWANCE'");
    }

    long payments() {
        return number("SELECT count(*) FROM payment WHERE account = '$account'");
    }

    long notices(String kind) {
        return number("SELECT count(*) FROM notice WHERE account = '$account' AND kind = '" + kind + "'");
    }
}
