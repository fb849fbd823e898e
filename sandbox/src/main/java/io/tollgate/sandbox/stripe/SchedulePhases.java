package io.tollgate.sandbox.stripe;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The phases of a schedule: what a subscription is for, from when to when, without a gap between them. */
final class SchedulePhases {
    private static final int PHASES_MAX = 10;

    private final Simulation simulation;
    private final SubscriptionItems items;

    SchedulePhases(Simulation simulation, SubscriptionItems items) {
        this.simulation = simulation;
        this.items = items;
    }

    /** What a subscription is for now, until its period ends. */
    ObjectNode current(ObjectNode subscription) {
        Period period = SubscriptionItems.period(subscription);
        ObjectNode phase = blank(period.start(), period.end())
                .put("currency", subscription.path("currency").stringValue());
        SubscriptionItems.of(subscription)
                .forEach(item -> phase.withArray("/items").add(shown(item)));
        return phase;
    }

    /** Reads {@code phases} of an update. The one that runs keeps its start and what the subscription is for. */
    List<ObjectNode> read(Form form, ObjectNode schedule, ObjectNode subscription) {
        List<Form> entries = form.objects("phases");
        if (entries.size() > PHASES_MAX) {
            throw ApiException.badParameter("phases", "parameter_invalid", "At most 10 phases are allowed.");
        }
        List<ObjectNode> phases = new ArrayList<>();
        for (Form entry : entries) {
            OptionalLong before = phases.isEmpty()
                    ? OptionalLong.empty()
                    : OptionalLong.of(phases.getLast().path("end_date").longValue());
            phases.add(phase(entry, before));
        }
        if (!phases.isEmpty()) {
            requireRunning(phases, schedule, current(subscription));
        }
        return phases;
    }

    private ObjectNode phase(Form form, OptionalLong before) {
        OptionalLong given = form.text("start_date").filter("now"::equals).isPresent()
                ? OptionalLong.of(simulation.clock().epochSecond())
                : form.integer("start_date");
        if (given.isEmpty() && before.isEmpty()) {
            throw ApiException.missingParameter(form.nameOf("start_date"));
        }
        long start = given.orElseGet(before::orElseThrow);
        if (before.isPresent() && before.getAsLong() != start) {
            throw ApiException.badParameter(
                    form.nameOf("start_date"), "parameter_invalid", "A phase begins when the one before it ends.");
        }
        List<ObjectNode> wanted = items.read(form);
        items.keepPrices(wanted);
        long end = end(form, start, SubscriptionItems.cycle(wanted));
        if (end <= start || end <= simulation.clock().epochSecond()) {
            throw ApiException.badParameter(
                    form.nameOf("end_date"), "parameter_invalid", "A phase ends after its start, and not in the past.");
        }
        ObjectNode phase = blank(start, end)
                .put("currency", wanted.getFirst().at("/price/currency").stringValue())
                .put("proration_behavior", form.text("proration_behavior").orElse("create_prorations"));
        phase.set("metadata", Metadata.of(form));
        wanted.forEach(item -> phase.withArray("/items").add(shown(item)));
        return phase;
    }

    private static long end(Form form, long start, Cycle cycle) {
        OptionalLong end = form.integer("end_date");
        Optional<Form> duration = form.object("duration");
        if (end.isPresent() && duration.isPresent()) {
            throw ApiException.badParameter(
                    form.nameOf("end_date"), "parameter_invalid", "You may only specify one of: duration, end_date.");
        }
        Cycle length = duration.map(SchedulePhases::cycle).orElse(cycle);
        return end.orElseGet(() -> length.after(start, start));
    }

    private static Cycle cycle(Form duration) {
        ObjectNode recurring = JsonNodeFactory.instance.objectNode();
        String interval = duration.requiredText("interval");
        if (!Cycle.isInterval(interval)) {
            throw ApiException.badParameter(
                    duration.nameOf("interval"), "parameter_invalid", "Invalid interval: " + interval);
        }
        recurring
                .putObject("recurring")
                .put("interval", interval)
                .put("interval_count", duration.integer("interval_count").orElse(1));
        return Cycle.of(recurring);
    }

    private static void requireRunning(List<ObjectNode> phases, ObjectNode schedule, ObjectNode current) {
        ObjectNode running = running(schedule);
        ObjectNode first = phases.getFirst();
        if (!first.path("start_date").equals(running.path("start_date"))) {
            throw ApiException.badParameter(
                    "phases[0][start_date]",
                    "parameter_invalid",
                    "You can not modify the start date of the current phase: pass "
                            + running.path("start_date").longValue() + ".");
        }
        if (!first.path("items").equals(current.path("items"))) {
            throw ApiException.badParameter(
                    "phases[0][items]",
                    "parameter_invalid",
                    "What the current phase is for is changed at the subscription here, not at its schedule.");
        }
    }

    /** The phase that runs, the last one when all are over. */
    static ObjectNode running(ObjectNode schedule) {
        List<ObjectNode> phases = of(schedule);
        return phases.stream()
                .filter(phase -> phase.path("start_date").equals(schedule.at("/current_phase/start_date")))
                .findFirst()
                .orElseGet(phases::getLast);
    }

    static List<ObjectNode> of(ObjectNode schedule) {
        return schedule.path("phases").values().stream()
                .map(ObjectNode.class::cast)
                .toList();
    }

    /** The items that a phase is for. An item of the subscription stays the same item at its new price. */
    List<ObjectNode> itemsOf(ObjectNode phase, ObjectNode subscription) {
        List<ObjectNode> old = SubscriptionItems.of(subscription);
        List<ObjectNode> wanted = new ArrayList<>();
        for (JsonNode entry : phase.path("items")) {
            ObjectNode price =
                    simulation.require(Prices.KIND, entry.path("price").stringValue(), "price");
            ObjectNode item =
                    wanted.size() < old.size() ? old.get(wanted.size()).deepCopy() : items.create(price, 1);
            item.set("price", price.deepCopy());
            wanted.add(item.put("quantity", entry.path("quantity").longValue()));
        }
        return wanted;
    }

    private static ObjectNode shown(ObjectNode item) {
        ObjectNode shown = JsonNodeFactory.instance
                .objectNode()
                .put("price", item.at("/price/id").stringValue())
                .put("plan", item.at("/price/id").stringValue())
                .put("quantity", item.path("quantity").longValue())
                .putNull("billing_thresholds");
        List.of("discounts", "tax_rates").forEach(shown::putArray);
        shown.putObject("metadata");
        return shown;
    }

    private static ObjectNode blank(long start, long end) {
        ObjectNode phase = JsonNodeFactory.instance
                .objectNode()
                .put("start_date", start)
                .put("end_date", end)
                .put("proration_behavior", "create_prorations");
        List.of("application_fee_percent", "billing_cycle_anchor", "billing_thresholds", "collection_method")
                .forEach(phase::putNull);
        List.of("default_payment_method", "description", "invoice_settings", "on_behalf_of")
                .forEach(phase::putNull);
        List.of("transfer_data", "trial_end").forEach(phase::putNull);
        List.of("add_invoice_items", "default_tax_rates", "discounts", "items").forEach(phase::putArray);
        phase.putObject("metadata");
        return phase;
    }
}
