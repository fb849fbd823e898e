package io.tollgate.sandbox.stripe;

import tools.jackson.databind.node.ObjectNode;

/** Confirming an intent through the API: paid, declined with 402, or waiting for the cardholder. */
final class Confirmations {
    static final String PAGE_PREFIX = "/c/authenticate/";

    private final PaymentMethods methods;
    private final Attempts attempts;
    private volatile String baseUri = "";

    /** Whether the cardholder is there, and whether an intent that wants them fails instead of waiting. */
    record Terms(boolean offSession, boolean failsOnAction, String returnUrl) {
        static Terms read(Form form) {
            String returnUrl = form.text("return_url").orElse("");
            boolean offSession = form.text("off_session")
                    .filter(value -> !value.equals("false"))
                    .isPresent();
            return new Terms(offSession, form.flag("error_on_requires_action").orElse(false), returnUrl);
        }
    }

    Confirmations(PaymentMethods methods, Attempts attempts) {
        this.methods = methods;
        this.attempts = attempts;
    }

    void hostedAt(String uri) {
        baseUri = uri;
    }

    /** Finds a method that the intent may use: anyone's new one, or a saved one of its own customer. */
    ObjectNode usable(String id, ObjectNode intent) {
        return methods.usable(id, intent);
    }

    ObjectNode confirm(ObjectNode intent, Terms terms) {
        if (intent.path("payment_method").isNull()) {
            throw ApiException.badParameter(
                    "payment_method",
                    "payment_intent_unexpected_state",
                    "You cannot confirm this PaymentIntent because it's missing a payment method.");
        }
        ObjectNode method = methods.resolve(intent.path("payment_method").stringValue());
        boolean mayAsk = !terms.offSession() && !terms.failsOnAction();
        if (mayAsk && methods.wantsHolder(method)) {
            requireAction(intent, method, terms.returnUrl());
            return intent;
        }
        if (attempts.payOffSession(intent, method) instanceof TestCard.Outcome.Declined decline) {
            throw ApiException.declined(decline)
                    .with("charge", intent.path("latest_charge").stringValue())
                    .with("payment_intent", intent.deepCopy())
                    .with("payment_method", method.deepCopy());
        }
        return intent;
    }

    void requireAction(ObjectNode intent, ObjectNode method) {
        requireAction(intent, method, "");
    }

    private void requireAction(ObjectNode intent, ObjectNode method, String returnUrl) {
        String page = baseUri + PAGE_PREFIX + intent.path("id").stringValue();
        attempts.requireAction(intent, method, new Attempts.Detour(page, returnUrl));
    }
}
