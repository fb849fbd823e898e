package io.tollgate.sandbox.stripe;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code /v1/subscription_schedules}, made from subscriptions that run: what each is for changes by itself when a phase
 * ends, never prorated. A change of interval is meant for the end of a period.
 */
final class Schedules {
    static final String KIND = "subscription_schedule";
    private static final Set<String> ENDS = Set.of("release", "cancel");

    private final Simulation simulation;
    private final SchedulePhases phases;
    private final Renewals renewals;
    private final SubscriptionEnds ends;

    Schedules(Simulation simulation, SubscriptionItems items, Renewals renewals, SubscriptionEnds ends) {
        this.simulation = simulation;
        this.phases = new SchedulePhases(simulation, items);
        this.renewals = renewals;
        this.ends = ends;
        renewals.beforeRenewal(this::follow);
        ends.whenEnded(this::abandon);
    }

    void register(Router router) {
        router.post("/v1/subscription_schedules", this::create)
                .get("/v1/subscription_schedules", request -> Listing.page(simulation, request, KIND, "customer"))
                .get("/v1/subscription_schedules/{id}", request -> {
                    request.form().rejectUnread();
                    return simulation.require(KIND, request.id(), "id");
                })
                .post("/v1/subscription_schedules/{id}", this::update)
                .post("/v1/subscription_schedules/{id}/release", request -> {
                    request.form().flag("preserve_cancel_date");
                    request.form().rejectUnread();
                    return release(active(request.id(), "release"));
                })
                .post("/v1/subscription_schedules/{id}/cancel", this::cancel);
    }

    private ObjectNode create(ApiRequest request) {
        Form form = request.form();
        ObjectNode subscription =
                simulation.require(Subscriptions.KIND, form.requiredText("from_subscription"), "from_subscription");
        ObjectNode metadata = Metadata.of(form);
        form.rejectUnread();
        return create(subscription, metadata);
    }

    /** Puts a subscription under a schedule whose one phase is the period that runs. */
    ObjectNode create(ObjectNode subscription, ObjectNode metadata) {
        String id = subscription.path("id").stringValue();
        if (!Renewals.isRunning(subscription)) {
            throw ApiException.badRequest("You cannot migrate a subscription that is "
                    + subscription.path("status").stringValue() + " to a schedule.");
        }
        if (!subscription.path("schedule").isNull()) {
            throw ApiException.badRequest("You cannot migrate a subscription that is already attached to a schedule: "
                    + subscription.path("schedule").stringValue() + ".");
        }
        ObjectNode schedule = describe(subscription, metadata);
        schedule.putArray("phases").add(phases.current(subscription));
        show(schedule, SchedulePhases.of(schedule).getFirst());
        simulation.store().add(schedule);
        simulation.events().emit("subscription_schedule.created", schedule);
        attach(subscription, schedule.path("id").stringValue());
        watch(schedule);
        return schedule.put("subscription", id);
    }

    private ObjectNode describe(ObjectNode subscription, ObjectNode metadata) {
        ObjectNode schedule = simulation
                .create(KIND, Ids.next("sub_sched_1"))
                .put("customer", subscription.path("customer").stringValue())
                .put("subscription", subscription.path("id").stringValue())
                .put("end_behavior", "release")
                .put("status", "active");
        List.of("application", "canceled_at", "completed_at", "customer_account", "released_at")
                .forEach(schedule::putNull);
        List.of("released_subscription", "test_clock").forEach(schedule::putNull);
        schedule.set("metadata", metadata);
        schedule.set("billing_mode", subscription.path("billing_mode").deepCopy());
        ObjectNode defaults = schedule.putObject("default_settings")
                .put("billing_cycle_anchor", "automatic")
                .put("collection_method", "charge_automatically");
        List.of("application_fee_percent", "billing_thresholds", "default_payment_method", "description")
                .forEach(defaults::putNull);
        List.of("on_behalf_of", "transfer_data").forEach(defaults::putNull);
        return schedule;
    }

    private ObjectNode update(ApiRequest request) {
        ObjectNode schedule = active(request.id(), "update");
        Form form = request.form();
        List<ObjectNode> wanted = phases.read(form, schedule, subscriptionOf(schedule));
        Optional<String> end = form.text("end_behavior");
        ObjectNode metadata = Metadata.merged((ObjectNode) schedule.path("metadata"), form);
        form.text("proration_behavior");
        form.rejectUnread();
        end.filter(behavior -> !ENDS.contains(behavior)).ifPresent(behavior -> {
            throw ApiException.badParameter(
                    "end_behavior", "parameter_invalid", "Invalid end_behavior: must be one of cancel or release");
        });
        schedule.set("metadata", metadata);
        end.ifPresent(behavior -> schedule.put("end_behavior", behavior));
        return wanted.isEmpty() ? told(schedule) : plan(schedule, wanted);
    }

    /** Replaces the phases of a schedule; the first is the one that runs. */
    ObjectNode plan(ObjectNode schedule, List<ObjectNode> wanted) {
        ArrayNode all = schedule.putArray("phases");
        wanted.forEach(all::add);
        show(schedule, wanted.getFirst());
        watch(schedule);
        return told(schedule);
    }

    /** A subscription changes to another price when its period ends, and is then left to itself. */
    void changeAtPeriodEnd(ObjectNode subscription, ObjectNode price) {
        ObjectNode schedule = create(subscription, simulation.create(KIND, "").removeAll());
        ObjectNode now = SchedulePhases.running(schedule);
        long boundary = now.path("end_date").longValue();
        ObjectNode next = now.deepCopy()
                .put("start_date", boundary)
                .put("end_date", Cycle.of(price).after(boundary, boundary));
        ((ObjectNode) next.at("/items/0"))
                .put("price", price.path("id").stringValue())
                .put("plan", price.path("id").stringValue());
        plan(schedule, List.of(now, next));
    }

    private ObjectNode told(ObjectNode schedule) {
        simulation.events().emit("subscription_schedule.updated", schedule);
        return schedule;
    }

    private ObjectNode active(String id, String verb) {
        ObjectNode schedule = simulation.require(KIND, id, "schedule");
        if (!isActive(schedule)) {
            throw ApiException.badRequest("You cannot " + verb + " a subscription schedule that is currently in the `"
                    + schedule.path("status").stringValue() + "` status.");
        }
        return schedule;
    }

    private static boolean isActive(ObjectNode schedule) {
        return schedule.path("status").stringValue().equals("active");
    }

    /** Leaves the subscription as it is, for good. */
    ObjectNode release(ObjectNode schedule) {
        String subscription = schedule.path("subscription").stringValue();
        schedule.put("status", "released")
                .put("released_at", simulation.clock().epochSecond())
                .put("released_subscription", subscription)
                .putNull("subscription")
                .putNull("current_phase");
        simulation.events().emit("subscription_schedule.released", schedule);
        simulation.store().find(Subscriptions.KIND, subscription).ifPresent(it -> attach(it, null));
        return schedule;
    }

    private ObjectNode cancel(ApiRequest request) {
        ObjectNode schedule = active(request.id(), "cancel");
        request.form().flag("invoice_now");
        request.form().flag("prorate");
        request.form().rejectUnread();
        ends.end(subscriptionOf(schedule), "cancellation_requested");
        return schedule;
    }

    private void attach(ObjectNode subscription, @Nullable String schedule) {
        ObjectNode before = subscription.deepCopy();
        subscription.put("schedule", schedule);
        simulation.events().emit("customer.subscription.updated", subscription, before);
    }

    private ObjectNode subscriptionOf(ObjectNode schedule) {
        return simulation.require(
                Subscriptions.KIND, schedule.path("subscription").stringValue(), "subscription");
    }

    /** The schedule that a subscription is under. */
    Optional<ObjectNode> of(ObjectNode subscription) {
        return simulation
                .store()
                .find(KIND, subscription.path("schedule").asString(""))
                .filter(Schedules::isActive);
    }

    /** A subscription that has ended takes its schedule with it. */
    private void abandon(ObjectNode subscription) {
        of(subscription)
                .ifPresent(schedule -> simulation
                        .events()
                        .emit(
                                "subscription_schedule.canceled",
                                schedule.put("status", "canceled")
                                        .put("canceled_at", simulation.clock().epochSecond())
                                        .putNull("current_phase")));
    }

    private void watch(ObjectNode schedule) {
        Instant end = Instant.ofEpochSecond(
                SchedulePhases.running(schedule).path("end_date").longValue());
        simulation.timeline().at(end, () -> {
            if (isActive(schedule)) {
                follow(subscriptionOf(schedule));
            }
        });
    }

    /** Goes on to the phase of this moment, or to the end when all are over; nothing if the phase still runs. */
    private void follow(ObjectNode subscription) {
        of(subscription).ifPresent(schedule -> {
            long now = simulation.clock().epochSecond();
            if (SchedulePhases.running(schedule).path("end_date").longValue() > now) {
                return;
            }
            SchedulePhases.of(schedule).stream()
                    .filter(phase -> phase.path("start_date").longValue() <= now
                            && phase.path("end_date").longValue() > now)
                    .findFirst()
                    .ifPresentOrElse(phase -> enter(phase, schedule, subscription), () -> finish(schedule));
        });
    }

    private void enter(ObjectNode phase, ObjectNode schedule, ObjectNode subscription) {
        ObjectNode before = subscription.deepCopy();
        Cycle was = SubscriptionItems.cycle(SubscriptionItems.of(subscription));
        List<ObjectNode> wanted = phases.itemsOf(phase, subscription);
        SubscriptionItems.period(wanted, SubscriptionItems.period(subscription));
        SubscriptionItems.put(subscription, wanted);
        if (!SubscriptionItems.cycle(wanted).equals(was)) {
            subscription.put("billing_cycle_anchor", phase.path("start_date").longValue());
        }
        ((ObjectNode) subscription.path("metadata")).setAll((ObjectNode) phase.path("metadata"));
        show(schedule, phase);
        simulation.events().emit("customer.subscription.updated", subscription, before);
        told(schedule);
        watch(schedule);
    }

    private void finish(ObjectNode schedule) {
        schedule.put("completed_at", simulation.clock().epochSecond());
        if (schedule.path("end_behavior").stringValue().equals("release")) {
            release(schedule);
            return;
        }
        ObjectNode subscription = subscriptionOf(schedule);
        schedule.put("status", "completed").putNull("current_phase");
        simulation.events().emit("subscription_schedule.completed", schedule);
        ends.end(subscription, "cancellation_requested");
        renewals.schedule(subscription);
    }

    private static void show(ObjectNode schedule, ObjectNode phase) {
        schedule.putObject("current_phase")
                .put("start_date", phase.path("start_date").longValue())
                .put("end_date", phase.path("end_date").longValue());
    }
}
