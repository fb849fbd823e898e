package io.tollgate.sandbox.stripe;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Takes the money for open invoices: by itself on the customer's default card, again and again, or when told to. */
final class InvoiceCharges {
    /** Between the draft of a renewal and its payment, as at Stripe. */
    private static final Duration GRACE = Duration.ofHours(1);

    private final Simulation simulation;
    private final Invoices invoices;
    private final InvoicePayments payments;
    private final PaymentIntents intents;
    private final PaymentMethods methods;
    private final List<Consumer<ObjectNode>> failed = new ArrayList<>();
    private final List<Consumer<ObjectNode>> exhausted = new ArrayList<>();
    private Dunning dunning = Dunning.DEFAULT;

    InvoiceCharges(
            Simulation simulation,
            Invoices invoices,
            InvoicePayments payments,
            PaymentIntents intents,
            PaymentMethods methods) {
        this.simulation = simulation;
        this.invoices = invoices;
        this.payments = payments;
        this.intents = intents;
        this.methods = methods;
        intents.whenSettled(this::settled);
    }

    /** Hears of each attempt that failed. */
    void whenFailed(Consumer<ObjectNode> listener) {
        failed.add(listener);
    }

    /** Hears of each invoice that will not be tried again by itself. */
    void whenExhausted(Consumer<ObjectNode> listener) {
        exhausted.add(listener);
    }

    void dun(Dunning next) {
        dunning = next;
    }

    Dunning dunning() {
        return dunning;
    }

    /** The card that an invoice would be charged to now. */
    Optional<ObjectNode> defaultMethod(ObjectNode invoice) {
        ObjectNode customer =
                simulation.require(Customers.KIND, invoice.path("customer").stringValue(), "customer");
        JsonNode ofSubscription = Subscriptions.of(simulation, invoice)
                .map(it -> it.path("default_payment_method"))
                .orElseGet(invoice::nullNode);
        return defaultMethod(ofSubscription, customer);
    }

    /** The card of a subscription, else its customer's; one that was detached is none. */
    Optional<ObjectNode> defaultMethod(JsonNode ofSubscription, ObjectNode customer) {
        return Stream.of(ofSubscription, customer.at("/invoice_settings/default_payment_method"))
                .flatMap(id -> simulation.store().find(PaymentMethods.KIND, id.asString("")).stream())
                .filter(method -> method.path("customer").equals(customer.path("id")))
                .findFirst();
    }

    /** How a charge on the card would end with its holder away. */
    Optional<TestCard.Outcome.Declined> refusal(ObjectNode method) {
        TestCard.Outcome outcome =
                methods.wantsHolder(method) ? Attempts.AUTHENTICATION_REQUIRED : methods.outcomeOf(method);
        return outcome instanceof TestCard.Outcome.Declined declined ? Optional.of(declined) : Optional.empty();
    }

    /** Tries by itself, and plans the next attempt in case this one fails. */
    void collect(ObjectNode invoice) {
        long attempts = invoice.path("attempt_count").longValue() + 1;
        Optional<Instant> next = invoice.path("auto_advance").booleanValue()
                ? dunning.after(attempts).map(wait -> now().plus(wait))
                : Optional.empty();
        invoice.put("attempt_count", attempts)
                .put("next_payment_attempt", next.map(Instant::getEpochSecond).orElse(null));
        defaultMethod(invoice).ifPresentOrElse(method -> charge(invoice, method), () -> fail(invoice));
        if (!Invoices.is(invoice, "open")) {
            return;
        }
        next.ifPresent(moment -> simulation.timeline().at(moment, () -> retry(invoice, moment.getEpochSecond())));
        if (next.isEmpty() && invoice.path("auto_advance").booleanValue()) {
            invoices.leave(invoice);
            exhausted.forEach(listener -> listener.accept(invoice));
        }
    }

    private Instant now() {
        return Instant.ofEpochSecond(simulation.clock().epochSecond());
    }

    private void retry(ObjectNode invoice, long planned) {
        if (Invoices.is(invoice, "open") && invoice.path("next_payment_attempt").asLong(0) == planned) {
            collect(invoice);
        }
    }

    /** Charges a card now, its holder being away; one that wants its holder makes the intent wait for them. */
    void charge(ObjectNode invoice, ObjectNode method) {
        ObjectNode intent = intentOf(invoice);
        if (methods.wantsHolder(method)) {
            intents.requireAction(intent, method);
            attempted(invoice);
            simulation.events().emit("invoice.payment_action_required", invoice);
            fail(invoice);
        } else {
            intents.payOffSession(intent, method);
        }
    }

    /** Charges a card whose holder is there. */
    TestCard.Outcome chargeOnSession(ObjectNode invoice, ObjectNode method) {
        return intents.pay(intentOf(invoice), method);
    }

    Optional<ObjectNode> intent(ObjectNode invoice) {
        return payments.intent(invoice);
    }

    ObjectNode intentOf(ObjectNode invoice) {
        return intent(invoice).orElseThrow(() -> new IllegalStateException("an open invoice without intent"));
    }

    private static void attempted(ObjectNode invoice) {
        invoice.put("attempted", true)
                .put("attempt_count", Math.max(1, invoice.path("attempt_count").longValue()));
    }

    private void settled(ObjectNode intent) {
        payments.invoice(intent).ifPresent(invoice -> {
            attempted(invoice);
            if (intent.path("status").stringValue().equals("succeeded")) {
                invoices.conclude(invoice);
            } else {
                fail(invoice);
            }
        });
    }

    private void fail(ObjectNode invoice) {
        attempted(invoice);
        simulation.events().emit("invoice.payment_failed", invoice);
        failed.forEach(listener -> listener.accept(invoice));
    }

    /** Finalises a draft after a while, unless it was dealt with before, and then takes the money. */
    void collectLater(ObjectNode invoice) {
        Instant moment = now().plus(GRACE);
        invoice.put("automatically_finalizes_at", moment.getEpochSecond());
        simulation.timeline().at(moment, () -> {
            if (Invoices.is(invoice, "draft")
                    && invoice.path("automatically_finalizes_at").asLong(0) == moment.getEpochSecond()) {
                collectNow(invoice);
            }
        });
    }

    void collectNow(ObjectNode invoice) {
        invoices.issue(invoice);
        if (Invoices.is(invoice, "open")) {
            collect(invoice);
        }
    }
}
