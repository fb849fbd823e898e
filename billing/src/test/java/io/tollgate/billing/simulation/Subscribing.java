package io.tollgate.billing.simulation;

import io.tollgate.billing.World;
import io.tollgate.billing.catalog.Choice;
import io.tollgate.billing.catalog.Interval;
import io.tollgate.billing.checkout.StartResult;
import io.tollgate.billing.planchange.ChangeResult;
import io.tollgate.billing.planchange.PlanChanges;
import io.tollgate.billing.planchange.PlanEnds;
import io.tollgate.billing.planchange.StandResult;
import io.tollgate.billing.planchange.Wish;
import io.tollgate.metering.account.AccountId;
import io.tollgate.sandbox.stripe.Subscribers;
import java.time.Duration;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import reactor.core.publisher.Mono;

/** Customers with a plan, on our pages and on Stripe's. */
final class Subscribing {

    private static final String CHARGE_FAILS = "4000000000000341";

    private final Run run;
    private final Subscribers atStripe;

    Subscribing(Run run) {
        this.run = run;
        this.atStripe = run.world.stripe().subscribers();
    }

    List<Deed> deeds() {
        return List.of(
                new Deed("begins to buy a plan", 3, this::begin),
                new Deed("subscribes", 14, this::subscribe),
                new Deed("changes the plan", 8, this::changePlan),
                new Deed("gets a card that fails", 2, onPlan(plan -> change(plan, CHARGE_FAILS))),
                new Deed("gets a good card", 4, onPlan(plan -> change(plan, World.VISA))),
                new Deed("pays what is open", 4, onPlan(this::payOpen)),
                new Deed("cancels for the end", 2, ends(PlanEnds::endAtPeriodEnd)),
                new Deed("keeps the plan", 2, ends(PlanEnds::keep)),
                new Deed("cancels at once", 1, ends(PlanEnds::endNow)),
                new Deed(
                        "a week or two pass",
                        14,
                        _ -> run.world.advance(Duration.ofHours(170L + run.random.nextInt(300)))));
    }

    private void begin(Customer customer) {
        Choice choice = switch (run.random.nextInt(3)) {
            case 0 -> new Choice.OfPlan("basic", Interval.MONTH, "usd");
            case 1 -> new Choice.OfPlan("basic", Interval.YEAR, "usd");
            default -> new Choice.OfPlan("pro");
        };
        StartResult result = run.world.start(customer.account, choice);
        switch (result) {
            case StartResult.Started(String _, String session) -> {
                customer.sessions.add(session);
                customer.planSessions.add(session);
            }
            case StartResult.HasPlan _ -> run.coverage.count("has a plan already");
            case StartResult other -> throw new AssertionError("not started: " + other);
        }
    }

    void subscribe(Customer customer) {
        begin(customer);
        if (!customer.sessions.isEmpty()) {
            run.world.stripe().pay(customer.sessions.getLast(), World.VISA);
        }
    }

    private void changePlan(Customer customer) {
        Wish wish = switch (run.random.nextInt(3)) {
            case 0 -> new Wish("basic", Interval.MONTH);
            case 1 -> new Wish("basic", Interval.YEAR);
            default -> new Wish("pro", Interval.MONTH);
        };
        ChangeResult result = run.perhapsKilled(run.world.the(PlanChanges.class).change(customer.account, wish, null))
                .block();
        if (result != null) {
            run.coverage.count("change: "
                    + (result instanceof ChangeResult.Refused(var refusal)
                            ? refusal.getClass().getSimpleName()
                            : result.getClass().getSimpleName()));
        }
    }

    private Consumer<Customer> ends(BiFunction<PlanEnds, AccountId, Mono<StandResult>> wish) {
        return customer -> {
            StandResult result = run.perhapsKilled(wish.apply(run.world.the(PlanEnds.class), customer.account))
                    .block();
            if (result != null) {
                run.coverage.count("plan's end: " + result.getClass().getSimpleName());
            }
        };
    }

    private Consumer<Customer> onPlan(Consumer<String> doing) {
        return customer -> AtStripe.of(run).liveSubscriptionsOf(customer).stream()
                .findFirst()
                .ifPresent(doing);
    }

    private void change(String subscription, String card) {
        atStripe.changeCard(subscription, card);
    }

    private void payOpen(String subscription) {
        AtStripe.of(run).openInvoicesOf(subscription).forEach(invoice -> {
            if (atStripe.payInvoice(invoice, World.VISA)) {
                run.coverage.count("invoices paid by hand");
            }
        });
    }
}
