package io.tollgate.sandbox.stripe;

import java.time.YearMonth;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** {@code /v1/payment_methods}: cards only, and only Stripe's test cards. */
final class PaymentMethods {
    static final String KIND = "payment_method";

    /** No card is made for longer; Stripe refuses what is surely a typing error. */
    private static final int EXPIRY_YEARS_MAX = 50;

    private static final TestCard.Outcome.Declined EXPIRED =
            new TestCard.Outcome.Declined("expired_card", "", "Your card has expired.");
    private static final TestCard.Outcome APPROVED = new TestCard.Outcome.Approved();

    private final Simulation simulation;
    private final Notes<TestCard> cards = new Notes<>();
    private final Notes<Boolean> saved = new Notes<>();

    PaymentMethods(Simulation simulation) {
        this.simulation = simulation;
    }

    void register(Router router) {
        router.post("/v1/payment_methods", this::create)
                .get("/v1/payment_methods", request -> Listing.page(simulation, request, KIND, "customer", "type"))
                .get("/v1/payment_methods/{id}", request -> {
                    request.form().rejectUnread();
                    return simulation.require(KIND, request.id(), "id");
                })
                .post("/v1/payment_methods/{id}/attach", this::attach)
                .post("/v1/payment_methods/{id}/detach", this::detach)
                .get("/v1/customers/{id}/payment_methods", this::ofCustomer)
                .get("/v1/customers/{id}/payment_methods/{method}", request -> {
                    request.form().rejectUnread();
                    return require(request.variables().getOrDefault("method", ""), request.id());
                });
    }

    private ObjectNode ofCustomer(ApiRequest request) {
        simulation.require(Customers.KIND, request.id(), "customer");
        return Listing.page(simulation, request, KIND, method -> isOf(method, request.id()), "type");
    }

    /** Finds a method that belongs to the customer. */
    ObjectNode require(String id, String customer) {
        ObjectNode method = simulation.require(KIND, id, "payment_method");
        if (!isOf(method, customer)) {
            throw ApiException.noSuch("PaymentMethod", id, "payment_method");
        }
        return method;
    }

    private static boolean isOf(ObjectNode method, String customer) {
        return method.path("customer").asString("").equals(customer);
    }

    private ObjectNode create(ApiRequest request) {
        Form form = request.form();
        form.requiredText("type");
        Form card = form.object("card").orElseThrow(() -> ApiException.missingParameter("card"));
        String number = card.requiredText("number");
        YearMonth expiry = expiry(card);
        Optional<String> _ = card.text("cvc");
        form.rejectUnread();
        return create(new CardEntry(CardEntry.card(number), expiry, ""));
    }

    private YearMonth expiry(Form card) {
        long month = card.requiredInteger("exp_month");
        long year = card.requiredInteger("exp_year");
        if (month < 1 || month > 12) {
            throw CardEntry.refused("invalid_expiry_month", "Your card's expiration month is invalid.");
        }
        YearMonth now = YearMonth.now(simulation.clock());
        if (year > now.getYear() + EXPIRY_YEARS_MAX
                || YearMonth.of((int) Math.max(year, 0), (int) month).isBefore(now)) {
            throw CardEntry.refused("invalid_expiry_year", "Your card's expiration year is invalid.");
        }
        return YearMonth.of((int) year, (int) month);
    }

    ObjectNode create(CardEntry entry) {
        ObjectNode method = simulation
                .create(KIND, Ids.next("pm_1"))
                .put("allow_redisplay", "unspecified")
                .put("type", "card")
                .putNull("customer");
        method.putObject("metadata");
        method.putObject("billing_details").put("name", entry.name().isEmpty() ? null : entry.name());
        describe(method.putObject("card"), entry.card())
                .put("exp_month", entry.expiry().getMonthValue())
                .put("exp_year", entry.expiry().getYear());
        simulation.store().add(method);
        cards.put(method.path("id").stringValue(), entry.card());
        return method;
    }

    static ObjectNode describe(ObjectNode details, TestCard card) {
        details.put("brand", card.brand())
                .put("country", "US")
                .put("display_brand", card.brand())
                .put("fingerprint", card.fingerprint())
                .put("funding", "credit")
                .put("last4", card.last4());
        details.putObject("checks").putNull("address_line1_check").put("cvc_check", "pass");
        return details;
    }

    private ObjectNode attach(ApiRequest request) {
        String customer = request.form().requiredText("customer");
        request.form().rejectUnread();
        simulation.require(Customers.KIND, customer, "customer");
        ObjectNode method = resolve(request.id());
        if (cards.find(method.path("id").stringValue()).map(TestCard::whenSaved).orElse(APPROVED)
                instanceof TestCard.Outcome.Declined decline) {
            throw ApiException.declined(decline);
        }
        attach(method, customer);
        return method;
    }

    private void attach(ObjectNode method, String customer) {
        if (!isOf(method, customer)) {
            method.put("customer", customer);
            simulation.events().emit("payment_method.attached", method);
        }
    }

    /** Keeps a method for payments while its holder is away; they have just consented, and proved who they are. */
    void save(ObjectNode method, String customer) {
        saved.put(method.path("id").stringValue(), true);
        attach(method, customer);
    }

    private ObjectNode detach(ApiRequest request) {
        request.form().rejectUnread();
        ObjectNode method = simulation.require(KIND, request.id(), "payment_method");
        String customer = method.path("customer").asString("");
        if (customer.isEmpty()) {
            throw ApiException.badRequest("The payment method you provided is not attached to a customer.");
        }
        method.putNull("customer");
        simulation
                .store()
                .find(Customers.KIND, customer)
                .filter(it -> it.at("/invoice_settings/default_payment_method")
                        .asString("")
                        .equals(request.id()))
                .ifPresent(it -> it.withObject("/invoice_settings").putNull("default_payment_method"));
        simulation.events().emit("payment_method.detached", method);
        return method;
    }

    /** Finds a method by id; one of Stripe's shared names ({@code pm_card_visa}) makes a new one of that card. */
    ObjectNode resolve(String idOrToken) {
        return TestCard.byToken(idOrToken)
                .map(card -> create(CardEntry.of(card)))
                .orElseGet(() -> simulation.require(KIND, idOrToken, "payment_method"));
    }

    /** Finds a method that may pay for something: anyone's new one, or a saved one of the same customer. */
    ObjectNode usable(String id, ObjectNode payable) {
        ObjectNode method = resolve(id);
        String owner = method.path("customer").asString("");
        if (!owner.isEmpty() && !owner.equals(payable.path("customer").asString(""))) {
            throw ApiException.badParameter(
                    "payment_method",
                    "payment_method_customer_mismatch",
                    "The provided PaymentMethod " + id + " belongs to another customer.");
        }
        return method;
    }

    /** How a charge on the method ends today: a card that was good when it was saved may have expired since. */
    TestCard.Outcome outcomeOf(ObjectNode method) {
        TestCard card = cards.find(method.path("id").stringValue())
                .orElseThrow(() -> new IllegalStateException("a payment method without a card"));
        YearMonth expiry = YearMonth.of(
                method.at("/card/exp_year").intValue(),
                method.at("/card/exp_month").intValue());
        return expiry.isBefore(YearMonth.now(simulation.clock())) ? EXPIRED : card.outcome();
    }

    /** The habit of the card behind a method; none where it is no card. */
    TestCard.Habit habitOf(String id) {
        return cards.find(id).map(TestCard::habit).orElse(TestCard.Habit.NONE);
    }

    /** Whether a charge needs the cardholder to prove who they are. */
    boolean wantsHolder(ObjectNode method) {
        String id = method.path("id").stringValue();
        return switch (habitOf(id)) {
            case AUTHENTICATES -> true;
            case AUTHENTICATES_UNLESS_SAVED -> saved.find(id).isEmpty();
            default -> false;
        };
    }

    /** A bank account, debited over days. */
    ObjectNode createBankAccount(String currency) {
        String type = currency.equals("usd") ? "us_bank_account" : "sepa_debit";
        ObjectNode method = simulation
                .create(KIND, Ids.next("pm_1"))
                .put("allow_redisplay", "unspecified")
                .put("type", type)
                .putNull("customer");
        method.putObject("metadata");
        method.putObject("billing_details").putNull("name");
        method.putObject(type).put("last4", "6789").put("fingerprint", "FpBank6789");
        simulation.store().add(method);
        return method;
    }

    static List<String> types() {
        return List.of("card");
    }
}
