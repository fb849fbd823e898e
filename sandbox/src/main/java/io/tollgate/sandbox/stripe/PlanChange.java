package io.tollgate.sandbox.stripe;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is to become of a subscription's items and periods. {@code prorationDate} is when the prices count as changed;
 * {@code trialEnd} is empty unless a trial is to begin, to end or to move, then when it ends.
 */
record PlanChange(
        List<ObjectNode> items, Prorations prorations, long prorationDate, Anchor anchor, OptionalLong trialEnd) {
    /** What is done about the part of a period at the old and at the new price. */
    enum Prorations {
        CREATE_PRORATIONS,
        ALWAYS_INVOICE,
        NONE
    }

    /** Whether the period that runs goes on, or a new one begins now. */
    enum Anchor {
        UNCHANGED,
        NOW
    }

    /** Reads a change of a subscription; empty when the form does not ask for any. */
    static Optional<PlanChange> read(Form form, ObjectNode subscription, SubscriptionItems items, long now) {
        Prorations prorations =
                constant(form, "proration_behavior", Prorations.class).orElse(Prorations.CREATE_PRORATIONS);
        Optional<Anchor> anchor = constant(form, "billing_cycle_anchor", Anchor.class);
        OptionalLong date = form.integer("proration_date");
        OptionalLong trialEnd =
                form.text("trial_end").filter(end -> end.equals("now")).isPresent()
                        ? OptionalLong.of(now)
                        : SubscriptionTerms.trialEnd(form, now);
        boolean asked = form.object("items").isPresent() || anchor.isPresent() || trialEnd.isPresent();
        List<ObjectNode> wanted = items.changed(subscription, form);
        date.ifPresent(moment -> check(moment, subscription));
        return asked
                ? Optional.of(
                        new PlanChange(wanted, prorations, date.orElse(now), anchor.orElse(Anchor.UNCHANGED), trialEnd))
                : Optional.empty();
    }

    private static void check(long moment, ObjectNode subscription) {
        Period period = SubscriptionItems.period(subscription);
        if (moment < period.start() || moment > period.end()) {
            throw ApiException.badParameter(
                    "proration_date",
                    "invalid_request_error",
                    "Cannot specify a proration date outside of the subscription's current period (" + period.start()
                            + " to " + period.end() + "): " + moment);
        }
    }

    static <E extends Enum<E>> Optional<E> constant(Form form, String name, Class<E> type) {
        return form.text(name).map(text -> {
            for (E value : type.getEnumConstants()) {
                if (value.name().equalsIgnoreCase(text)) {
                    return value;
                }
            }
            throw ApiException.badParameter(
                    form.nameOf(name), "parameter_invalid", "Invalid " + form.nameOf(name) + ": " + text);
        });
    }
}
