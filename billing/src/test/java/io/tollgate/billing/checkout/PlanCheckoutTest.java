package io.tollgate.billing.checkout;

import static io.tollgate.metering.postgres.BookOfRecord.got;
import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.model.Price;
import com.stripe.model.Subscription;
import com.stripe.model.checkout.Session;
import com.stripe.param.CustomerUpdateParams;
import com.stripe.param.PriceCreateParams;
import com.stripe.param.SubscriptionCancelParams;
import io.tollgate.billing.World;
import io.tollgate.billing.catalog.CatalogChange.Kind;
import io.tollgate.billing.catalog.Catalogs;
import io.tollgate.billing.catalog.ChangingCatalogs;
import io.tollgate.billing.catalog.ChangingCatalogs.ChangeResult;
import io.tollgate.billing.catalog.Choice;
import io.tollgate.billing.catalog.Interval;
import io.tollgate.billing.catalog.Quote;
import io.tollgate.billing.order.Order;
import io.tollgate.billing.order.OrderId;
import io.tollgate.billing.order.OrderState;
import io.tollgate.billing.order.OrderedPlan;
import io.tollgate.billing.order.Orders;
import io.tollgate.billing.subscription.Subscriptions;
import io.tollgate.billing.topup.AskedBy;
import io.tollgate.billing.topup.FulfilResult;
import io.tollgate.billing.topup.TopUps;
import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.credit.Credits;
import io.tollgate.metering.ledger.Money;
import io.tollgate.sandbox.stripe.Outage;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import reactor.core.publisher.Flux;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PlanCheckoutTest {

    private static final String PLANS = "tollgate.billing.catalog.plans";

    private final World world = World.still(
            "tollgate.billing.stripe.call-timeout=2s",
            "tollgate.billing.stripe.retries=1",
            "tollgate.billing.stripe.retry-delay=10ms",
            "tollgate.billing.stripe.breaker-window=1000",
            "tollgate.billing.subscription.free-plan=free",
            PLANS + "[0].id=pro",
            PLANS + "[0].name=Pro",
            PLANS + "[0].allowance=250",
            PLANS + "[0].prices[0].interval=month",
            PLANS + "[0].prices[0].amount=500",
            PLANS + "[0].prices[0].currency=usd",
            PLANS + "[0].prices[1].interval=year",
            PLANS + "[0].prices[1].amount=5000",
            PLANS + "[0].prices[1].currency=usd",
            PLANS + "[1].id=tried",
            PLANS + "[1].name=Tried",
            PLANS + "[1].allowance=100",
            PLANS + "[1].trial.days=14",
            PLANS + "[1].trial.allowance=20",
            PLANS + "[1].prices[0].interval=month",
            PLANS + "[1].prices[0].amount=900",
            PLANS + "[1].prices[0].currency=usd",
            PLANS + "[2].id=free",
            PLANS + "[2].name=Free",
            PLANS + "[2].allowance=7",
            PLANS + "[3].id=other-free",
            PLANS + "[3].name=Other",
            PLANS + "[3].allowance=8");
    private final StripeClient stripe = StripeClient.builder()
            .setApiKey(World.SECRET_KEY)
            .setApiBase(world.stripe().baseUri().toString())
            .build();
    private final AccountId account = world.account();

    @AfterAll
    void close() {
        world.close();
    }

    @AfterEach
    void repair() {
        world.stripe().endOutage();
    }

    @Nested
    class Starting {

        @Test
        void sellsASubscriptionOfThePlansOneProduct() throws StripeException {
            AccountId account = world.account();

            Session session = session(start(account, "pro", Interval.YEAR));

            assertThat(session.getMode()).isEqualTo("subscription");
            assertThat(session.getAmountTotal()).isEqualTo(5_000);
            Order order = order(session);
            assertThat(order.account()).isEqualTo(account);
            assertThat(order.credits()).isEqualTo(Credits.of(250));
            assertThat(order.price()).isEqualTo(new Money(5_000, "usd"));
            OrderedPlan plan = plan(order);
            assertThat(plan.terms().id()).isEqualTo("pro");
            assertThat(plan.interval()).isEqualTo(Interval.YEAR);
            assertThat(plan.trialDays()).isZero();
            assertThat(stripe.v1().products().retrieve("tollgate_plan_pro").getName())
                    .isEqualTo("Pro");
        }

        @Test
        void writesOnTheSubscriptionWhoseItIsAndWhatWasOrdered() throws StripeException {
            AccountId account = world.account();
            String id = started(start(account, "pro", Interval.MONTH));
            world.pay(id);

            Session session = stripe.v1().checkout().sessions().retrieve(id);
            Subscription subscription = stripe.v1().subscriptions().retrieve(session.getSubscription());

            assertThat(subscription.getMetadata())
                    .containsEntry("tollgate_account", account.value())
                    .containsEntry("tollgate_plan", "pro")
                    .containsEntry("tollgate_order", session.getClientReferenceId());
        }

        @Test
        void refusesWhatThePlanDoesNotHave() {
            assertThat(start(account, "gold", null)).isEqualTo(new StartResult.UnknownPlan());
            assertThat(start(account, "tried", Interval.YEAR))
                    .isEqualTo(new StartResult.UnknownInterval(List.of(Interval.MONTH)));
            assertThat(world.start(account, new Choice.OfPlan("pro", null, "eur")))
                    .isEqualTo(new StartResult.UnknownCurrency(List.of("usd")));
        }

        @Test
        void sellsNothingAtAPriceThatStripeHasOtherwise() throws StripeException {
            Price cheaper = price(400, PriceCreateParams.Recurring.Interval.MONTH);
            Price yearly = price(500, PriceCreateParams.Recurring.Interval.YEAR);
            Price right = price(500, PriceCreateParams.Recurring.Interval.MONTH);

            assertThat(startAt(cheaper.getId())).isEqualTo(new StartResult.PriceDiffers());
            assertThat(startAt(yearly.getId())).isEqualTo(new StartResult.PriceDiffers());
            assertThat(startAt("price_nobody_has")).isEqualTo(new StartResult.PriceDiffers());
            Session session = session(startAt(right.getId()));
            assertThat(stripe.v1()
                            .checkout()
                            .sessions()
                            .lineItems()
                            .list(session.getId())
                            .getData()
                            .getFirst()
                            .getPrice()
                            .getId())
                    .isEqualTo(right.getId());
        }

        private StartResult startAt(String stripePrice) {
            String line = """
                    {"id": "byid", "name": "By id", "allowance": "1",
                     "prices": [{"interval": "month", "amount": 500, "currency": "usd", "stripe_price": "%s"}]}""".formatted(stripePrice);
            assertThat(got(world.the(ChangingCatalogs.class).put(Kind.PLAN, "byid", line)))
                    .isEqualTo(new ChangeResult.Changed());
            return start(world.account(), "byid", null);
        }

        private Price price(long minor, PriceCreateParams.Recurring.Interval interval) throws StripeException {
            return stripe.v1()
                    .prices()
                    .create(PriceCreateParams.builder()
                            .setCurrency("usd")
                            .setUnitAmount(minor)
                            .setRecurring(PriceCreateParams.Recurring.builder()
                                    .setInterval(interval)
                                    .build())
                            .setProductData(PriceCreateParams.ProductData.builder()
                                    .setName("By id")
                                    .build())
                            .build());
        }
    }

    @Nested
    class Finishing {

        @Test
        void leavesTheCreditToTheInvoices() {
            AccountId account = world.account();
            String session = started(start(account, "pro", Interval.MONTH));
            world.pay(session);

            List<FulfilResult> results = got(Flux.range(0, 6)
                    .flatMap(i -> world.the(TopUps.class).fulfil(session, AskedBy.WEBHOOK), 6)
                    .collectList());

            assertThat(results).containsOnly(new FulfilResult.PlanBegun(account, Credits.of(250)));
            assertThat(world.orderState(session)).isEqualTo("COMPLETED");
            assertThat(world.grantsOf(account)).isEqualTo(1);
            assertThat(world.spendable(account)).isEqualTo(Credits.of(250));
        }

        @Test
        void isFoundByItsSubscription() throws StripeException {
            String session = begun(world.account(), "pro");
            String subscription =
                    stripe.v1().checkout().sessions().retrieve(session).getSubscription();

            assertThat(got(world.the(Orders.class).ofSubscription(subscription)).sessionId())
                    .isEqualTo(session);
        }

        @Test
        void learnsWhereThePayerIsWrittenTo() throws StripeException {
            AccountId account = world.account();
            Session session = session(start(account, "pro", null));
            stripe.v1()
                    .customers()
                    .update(
                            session.getCustomer(),
                            CustomerUpdateParams.builder()
                                    .setEmail("payer@example.com")
                                    .build());
            world.pay(session.getId());
            fulfil(session.getId());

            assertThat(world.text("SELECT email FROM contact WHERE account = '" + account + "'"))
                    .isEqualTo("payer@example.com");
        }

        @Test
        void isFinalWhateverComesLater() {
            String session = begun(world.account(), "pro");
            OrderId id = new OrderId(world.text("SELECT id FROM topup_order WHERE session_id = '" + session + "'"));

            for (OrderState state : OrderState.values()) {
                if (state != OrderState.COMPLETED) {
                    world.the(Orders.class).moveTo(id, state).block();
                }
            }

            assertThat(world.orderState(session)).isEqualTo("COMPLETED");
        }

        @Test
        void doesNothingBeforeItIsPaid() {
            AccountId account = world.account();
            String session = started(start(account, "pro", null));

            assertThat(fulfil(session)).isEqualTo(new FulfilResult.AwaitingPayment(account));
            assertThat(world.grantsOf(account)).isZero();
        }

        @Test
        void keepsTheTermsItWasOrderedUnder() {
            ChangingCatalogs catalogs = world.the(ChangingCatalogs.class);
            put(catalogs, "short", 40);
            AccountId account = world.account();
            String session = begun(account, "short");
            put(catalogs, "short", 30);
            got(catalogs.withdraw(Kind.PLAN, "short"));

            assertThat(plan(got(world.the(Orders.class).ofSession(session)))
                            .terms()
                            .allowance())
                    .isEqualTo(Credits.of(40));
            assertThat(Objects.requireNonNull(catalogs.knownPlan("short")).allowance())
                    .isEqualTo(Credits.of(30));
            assertThat(start(world.account(), "short", null)).isEqualTo(new StartResult.UnknownPlan());
        }

        private void put(ChangingCatalogs catalogs, String id, int allowance) {
            String line = """
                    {"id": "%s", "name": "Short", "allowance": "%d",
                     "prices": [{"interval": "month", "amount": 500, "currency": "usd"}]}""".formatted(id, allowance);
            assertThat(got(catalogs.put(Kind.PLAN, id, line))).isEqualTo(new ChangeResult.Changed());
        }
    }

    @Nested
    class HavingOne {

        @Test
        void isToldToChangeItInstead() {
            AccountId account = world.account();
            begun(account, "pro");

            assertThat(start(account, "pro", Interval.MONTH)).isEqualTo(new StartResult.HasPlan("pro"));
            assertThat(start(account, "tried", null)).isEqualTo(new StartResult.HasPlan("pro"));
            assertThat(start(account, "free", null)).isEqualTo(new StartResult.HasPlan("pro"));
        }

        @Test
        void isToldSoEvenBeforeAnybodyKnowsThatItWasPaid() {
            AccountId account = world.account();
            world.pay(started(start(account, "pro", null)));

            assertThat(start(account, "tried", null)).isEqualTo(new StartResult.HasPlan("pro"));
        }

        @Test
        void buysPacksBesideIt() {
            AccountId account = world.account();
            begun(account, "pro");

            world.the(TopUps.class).fulfil(world.paid(account), AskedBy.WEBHOOK).block();

            assertThat(world.spendable(account)).isEqualTo(Credits.of(260));
        }

        @Test
        void buysAnotherOnceItHasEnded() throws StripeException {
            AccountId account = world.account();
            String session = begun(account, "pro");
            String subscription =
                    stripe.v1().checkout().sessions().retrieve(session).getSubscription();
            stripe.v1()
                    .subscriptions()
                    .cancel(subscription, SubscriptionCancelParams.builder().build());
            world.the(Subscriptions.class).look(subscription).block();

            started(start(account, "tried", null));
        }

        @Test
        void cannotPayTwoCheckoutsThatWereOpened() throws StripeException {
            AccountId account = world.account();
            String first = started(start(account, "pro", Interval.MONTH));
            String second = started(start(account, "pro", Interval.MONTH));
            String third = started(start(account, "pro", Interval.YEAR));

            assertThat(status(first)).isEqualTo("expired");
            assertThat(status(second)).isEqualTo("expired");
            assertThat(status(third)).isEqualTo("open");
            assertThat(world.orderState(second)).isEqualTo("EXPIRED");
        }

        @Test
        void hasTheOthersClosedOnceOneIsPaid() throws StripeException {
            AccountId account = world.account();
            String first = started(start(account, "pro", null));
            String second = openedBeside(account);

            world.pay(first);
            fulfil(first);

            assertThat(status(second)).isEqualTo("expired");
            assertThat(world.orderState(second)).isEqualTo("EXPIRED");
        }

        /** As two starts at the same moment would, neither seeing the other. */
        private String openedBeside(AccountId account) {
            Quote quote = world.the(Catalogs.class).current().quote(new Choice.OfPlan("pro", Interval.YEAR, null));
            String customer = world.text("SELECT customer_id FROM stripe_customer WHERE account = '" + account + "'");
            return started(got(world.the(SessionDesk.class)
                    .open(account, customer, Wanted.of(((Quote.OfPlan) quote).offer()), Visit.of(World.URLS))));
        }

        private String status(String session) throws StripeException {
            return stripe.v1().checkout().sessions().retrieve(session).getStatus();
        }
    }

    @Nested
    class Trying {

        @Test
        void costsNothingToday() throws StripeException {
            AccountId account = world.account();
            Session session = session(start(account, "tried", null));

            assertThat(session.getAmountTotal()).isZero();
            world.pay(session.getId());
            assertThat(fulfil(session.getId())).isEqualTo(new FulfilResult.PlanBegun(account, Credits.of(100)));
            assertThat(world.spendable(account)).isEqualTo(Credits.of(20));
        }

        @Test
        void happensOnce() throws StripeException {
            AccountId account = world.account();
            String session = begun(account, "tried");
            String subscription =
                    stripe.v1().checkout().sessions().retrieve(session).getSubscription();
            stripe.v1()
                    .subscriptions()
                    .cancel(subscription, SubscriptionCancelParams.builder().build());
            world.the(Subscriptions.class).look(subscription).block();

            assertThat(session(start(account, "tried", null)).getAmountTotal()).isEqualTo(900);
        }

        @Test
        void isStillThereAfterACheckoutThatCameToNothing() throws StripeException {
            AccountId account = world.account();
            String left = started(start(account, "tried", null));
            world.stripe().expire(left);
            fulfil(left);

            assertThat(session(start(account, "tried", null)).getAmountTotal()).isZero();
        }

        @Test
        void happensOnceHoweverManyStartAtOnce() {
            AccountId account = world.account();
            world.opened(account);

            got(Flux.range(0, 6)
                    .flatMap(i -> world.the(Checkout.class).start(account, new Choice.OfPlan("tried"), World.URLS), 6)
                    .collectList());

            assertThat(world.book()
                            .number("SELECT count(*) FROM topup_order WHERE trial_days > 0 AND state = 'OPEN'"
                                    + " AND account = '" + account + "'"))
                    .isLessThanOrEqualTo(1);
        }
    }

    @Nested
    class ForNothing {

        @Test
        void needsNoStripe() {
            world.stripe().outage(Outage.REFUSE, 0);
            AccountId account = world.account();

            assertThat(start(account, "free", null)).isInstanceOf(StartResult.FreePlanBegun.class);
        }

        @Test
        void isOnlyThePlanThatEverybodyMayHave() {
            assertThat(start(world.account(), "other-free", null)).isEqualTo(new StartResult.UnknownPlan());
        }

        @Test
        void givesWayToOneThatIsPaid() {
            AccountId account = world.account();
            start(account, "free", null);

            started(start(account, "pro", null));
        }
    }

    @Nested
    class WhileStripeIsAway {

        @Test
        void theSameWishLaterIsTheSameSession() {
            AccountId account = world.account();
            world.opened(account);
            started(start(world.account(), "pro", null));
            world.stripe().outage(Outage.TIMEOUT_AFTER_EFFECT, 0);

            StartResult during = start(account, "pro", null);
            world.stripe().endOutage();
            StartResult after = start(account, "pro", null);

            assertThat(during).isEqualTo(new StartResult.StripeUnavailable());
            started(after);
            assertThat(world.book()
                            .number("SELECT count(*) FROM topup_order WHERE plan = 'pro' AND account = '" + account
                                    + "'"))
                    .isEqualTo(1);
        }

        @Test
        void nobodyGetsASecondPlanBecauseTheFirstCheckoutCannotBeClosed() {
            AccountId account = world.account();
            started(start(account, "pro", null));
            world.stripe().outage(Outage.REFUSE, 0);

            assertThat(start(account, "tried", null)).isEqualTo(new StartResult.StripeUnavailable());
        }
    }

    private StartResult start(AccountId account, String plan, @Nullable Interval interval) {
        return world.start(account, new Choice.OfPlan(plan, interval, null));
    }

    private static String started(StartResult result) {
        assertThat(result).isInstanceOf(StartResult.Started.class);
        return ((StartResult.Started) result).sessionId();
    }

    private Session session(StartResult result) throws StripeException {
        return stripe.v1().checkout().sessions().retrieve(started(result));
    }

    private String begun(AccountId account, String plan) {
        String session = started(start(account, plan, null));
        world.pay(session);
        assertThat(fulfil(session)).isInstanceOf(FulfilResult.PlanBegun.class);
        return session;
    }

    private FulfilResult fulfil(String session) {
        return got(world.the(TopUps.class).fulfil(session, AskedBy.SUCCESS_PAGE));
    }

    private Order order(Session session) {
        return got(world.the(Orders.class).ofSession(session.getId()));
    }

    private static OrderedPlan plan(Order order) {
        return Objects.requireNonNull(order.plan());
    }
}
