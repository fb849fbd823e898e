package io.tollgate.sandbox.stripe;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import tools.jackson.databind.node.ObjectNode;

/** Pays checkout sessions: one intent per session, as many attempts as it takes, one success. */
final class CheckoutPayments {
    private final Simulation simulation;
    private final PaymentIntents intents;
    private final PaymentMethods methods;
    private final Customers customers;
    private final SetupIntents setups;
    private final Notes<ObjectNode> termsBySession = new Notes<>();
    private final List<BiConsumer<ObjectNode, ObjectNode>> paid = new ArrayList<>();

    CheckoutPayments(
            Simulation simulation,
            PaymentIntents intents,
            PaymentMethods methods,
            Customers customers,
            SetupIntents setups) {
        this.simulation = simulation;
        this.intents = intents;
        this.methods = methods;
        this.customers = customers;
        this.setups = setups;
    }

    /** Notes what the session's intent will be told when it is made. */
    void expect(String sessionId, ObjectNode terms) {
        termsBySession.put(sessionId, terms);
    }

    CheckoutResult pay(ObjectNode session, CardEntry entry, String returnUrl) {
        String status = session.path("status").stringValue();
        if (!status.equals("open")) {
            return new CheckoutResult.NotOpen(status);
        }
        if (session.path("mode").stringValue().equals("setup")) {
            return save(session, entry, returnUrl);
        }
        String paymentIntent = "";
        if (session.path("amount_total").longValue() > 0) {
            ObjectNode intent = intentOf(session);
            if (intents.pay(intent, methods.create(entry)) instanceof TestCard.Outcome.Declined no) {
                return new CheckoutResult.Declined(no.code(), no.declineCode(), no.message());
            }
            paymentIntent = intent.path("id").stringValue();
            paid(session, intent);
        }
        complete(session, entry.name());
        return new CheckoutResult.Paid(session.path("id").stringValue(), paymentIntent, returnUrl);
    }

    /** Hears of each session that an intent has paid, before it is told of. */
    void whenPaid(BiConsumer<ObjectNode, ObjectNode> listener) {
        paid.add(listener);
    }

    void paid(ObjectNode session, ObjectNode intent) {
        session.put("payment_status", "paid");
        paid.forEach(listener -> listener.accept(session, intent));
    }

    private CheckoutResult save(ObjectNode session, CardEntry entry, String returnUrl) {
        ObjectNode intent = simulation.require(
                SetupIntents.KIND, session.path("setup_intent").stringValue(), "setup_intent");
        if (setups.succeed(intent, entry) instanceof TestCard.Outcome.Declined no) {
            return new CheckoutResult.Declined(no.code(), no.declineCode(), no.message());
        }
        complete(session, entry.name());
        return new CheckoutResult.Paid(session.path("id").stringValue(), "", returnUrl);
    }

    ObjectNode intentOf(ObjectNode session) {
        return simulation
                .store()
                .find(PaymentIntents.KIND, session.path("payment_intent").asString(""))
                .orElseGet(() -> open(session));
    }

    private ObjectNode open(ObjectNode session) {
        if (session.path("customer_creation").asString("").equals("always")
                || (session.path("customer").isNull()
                        && session.at("/invoice_creation/enabled").asBoolean(false))) {
            session.put("customer", createCustomer(session));
        }
        ObjectNode terms = termsBySession
                .find(session.path("id").stringValue())
                .orElseThrow(() -> new IllegalStateException("a session without terms"));
        ObjectNode intent = intents.describe(
                session.path("amount_total").longValue(),
                session.path("currency").stringValue(),
                terms);
        intent.set("customer", session.path("customer"));
        intents.add(intent);
        session.put("payment_intent", intent.path("id").stringValue());
        return intent;
    }

    /** Tries a card that will be declined: an attempt to be seen, of a session that stays as it is. */
    TestCard.Outcome attempt(ObjectNode session, ObjectNode method) {
        ObjectNode intent = intents.describe(
                session.path("amount_total").longValue(),
                session.path("currency").stringValue(),
                intents.terms(Form.parse("description=Subscription+creation")));
        intent.set("customer", session.path("customer"));
        intents.add(intent);
        return intents.pay(intent, method);
    }

    /** The session's customer; who has none becomes one. */
    String customerOf(ObjectNode session) {
        if (session.path("customer").isNull()) {
            session.put("customer", createCustomer(session));
        }
        return session.path("customer").stringValue();
    }

    private String createCustomer(ObjectNode session) {
        return customers
                .create("", session.path("customer_email").asString(""))
                .path("id")
                .stringValue();
    }

    void complete(ObjectNode session, String name) {
        session.put("status", "complete").putNull("url");
        Optional<ObjectNode> customer =
                simulation.store().find(Customers.KIND, session.path("customer").asString(""));
        session.putObject("customer_details")
                .put("email", emailOf(session, customer).orElse(null))
                .put("name", name.isEmpty() ? null : name)
                .put("tax_exempt", "none")
                .putNull("address")
                .putNull("phone");
        simulation.events().emit("checkout.session.completed", session);
    }

    private static Optional<String> emailOf(ObjectNode session, Optional<ObjectNode> customer) {
        return Optional.of(session.path("customer_email").asString(""))
                .filter(email -> !email.isEmpty())
                .or(() -> customer.map(it -> it.path("email").asString("")).filter(email -> !email.isEmpty()));
    }
}
