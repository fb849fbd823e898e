package io.tollgate.sandbox.stripe;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import tools.jackson.databind.node.ObjectNode;

/**
 * Attempts to have an intent paid: with the cardholder there or not, at once or after days. A failed attempt leaves
 * the intent open for another.
 */
final class Attempts {
    static final TestCard.Outcome.Declined AUTHENTICATION_REQUIRED = new TestCard.Outcome.Declined(
            "authentication_required",
            "authentication_required",
            "Your card was declined. This transaction requires authentication.");

    private final Simulation simulation;
    private final PaymentMethods methods;
    private final Charges charges;
    private final List<Consumer<ObjectNode>> settled = new ArrayList<>();

    Attempts(Simulation simulation, PaymentMethods methods, Charges charges) {
        this.simulation = simulation;
        this.methods = methods;
        this.charges = charges;
    }

    /** Whoever needs to know hears of each intent that was paid, or whose attempt failed, at once or later. */
    void whenSettled(Consumer<ObjectNode> listener) {
        settled.add(listener);
    }

    /** Charges the method once, its holder being there to prove who they are. */
    TestCard.Outcome pay(ObjectNode intent, ObjectNode method) {
        return attempt(intent, method, methods.outcomeOf(method));
    }

    /** Charges a saved method while its holder is away; a card that wants its holder is declined. */
    TestCard.Outcome payOffSession(ObjectNode intent, ObjectNode method) {
        return attempt(
                intent, method, methods.wantsHolder(method) ? AUTHENTICATION_REQUIRED : methods.outcomeOf(method));
    }

    private TestCard.Outcome attempt(ObjectNode intent, ObjectNode method, TestCard.Outcome outcome) {
        ObjectNode charge = charges.begin(intent, method);
        intent.put("latest_charge", charge.path("id").stringValue());
        charges.conclude(charge, outcome);
        conclude(intent, method, outcome);
        return outcome;
    }

    /** Takes a payment on that the bank decides about later. */
    void begin(ObjectNode intent, ObjectNode method) {
        ObjectNode charge = charges.begin(intent, method);
        intent.put("status", "processing")
                .put("latest_charge", charge.path("id").stringValue())
                .put("payment_method", method.path("id").stringValue());
        simulation.events().emit("charge.pending", charge);
        simulation.events().emit("payment_intent.processing", intent);
    }

    /** The bank decided about a payment that was begun. */
    void end(ObjectNode intent, TestCard.Outcome outcome) {
        if (!intent.path("status").stringValue().equals("processing")) {
            throw ApiException.badRequest("Only a payment that is processing can end.");
        }
        charges.conclude(
                simulation.require(Charges.KIND, intent.path("latest_charge").stringValue(), "id"), outcome);
        conclude(intent, methods.resolve(intent.path("payment_method").stringValue()), outcome);
    }

    private void conclude(ObjectNode intent, ObjectNode method, TestCard.Outcome outcome) {
        intent.putNull("next_action");
        switch (outcome) {
            case TestCard.Outcome.Approved _ -> succeed(intent, method);
            case TestCard.Outcome.Declined decline -> fail(intent, method, decline);
        }
        settled.forEach(listener -> listener.accept(intent));
    }

    private void succeed(ObjectNode intent, ObjectNode method) {
        intent.put("status", "succeeded")
                .put("amount_received", intent.path("amount").longValue())
                .put("payment_method", method.path("id").stringValue())
                .putNull("last_payment_error");
        simulation.events().emit("payment_intent.succeeded", intent);
        String customer = intent.path("customer").asString("");
        if (!intent.path("setup_future_usage").asString("").isEmpty() && !customer.isEmpty()) {
            methods.save(method, customer);
        }
    }

    private void fail(ObjectNode intent, ObjectNode method, TestCard.Outcome.Declined decline) {
        intent.put("status", "requires_payment_method").putNull("payment_method");
        ObjectNode error = (ObjectNode) ApiException.declined(decline).body().path("error");
        error.set("payment_method", method.deepCopy());
        intent.set("last_payment_error", error.set("charge", intent.path("latest_charge")));
        simulation.events().emit("payment_intent.payment_failed", intent);
    }

    /** Where the cardholder has to go, and where they are sent from there; empty: nowhere. */
    record Detour(String page, String returnUrl) {}

    /** Stops until the cardholder has been at the page. */
    void requireAction(ObjectNode intent, ObjectNode method, Detour detour) {
        intent.put("status", "requires_action")
                .put("payment_method", method.path("id").stringValue());
        intent.putObject("next_action")
                .put("type", "redirect_to_url")
                .putObject("redirect_to_url")
                .put("url", detour.page())
                .put("return_url", detour.returnUrl().isEmpty() ? null : detour.returnUrl());
        simulation.events().emit("payment_intent.requires_action", intent);
    }

    /** The cardholder came and proved who they are, be it for an intent that waits or for one declined for want of it. */
    TestCard.Outcome authenticate(ObjectNode intent) {
        ObjectNode method = methodToAuthenticate(intent);
        return pay(intent, method);
    }

    TestCard.Outcome refuseAuthentication(ObjectNode intent) {
        return attempt(
                intent,
                methodToAuthenticate(intent),
                new TestCard.Outcome.Declined(
                        "payment_intent_authentication_failure",
                        "",
                        "The provided PaymentMethod has failed authentication."));
    }

    private ObjectNode methodToAuthenticate(ObjectNode intent) {
        if (intent.path("status").stringValue().equals("requires_action")) {
            return methods.resolve(intent.path("payment_method").stringValue());
        }
        boolean declinedForIt = intent.path("status").stringValue().equals("requires_payment_method")
                && intent.at("/last_payment_error/code").asString("").equals(AUTHENTICATION_REQUIRED.code());
        if (!declinedForIt) {
            throw ApiException.badRequest("This PaymentIntent does not wait for its cardholder.");
        }
        return methods.resolve(
                intent.at("/last_payment_error/payment_method/id").stringValue());
    }
}
