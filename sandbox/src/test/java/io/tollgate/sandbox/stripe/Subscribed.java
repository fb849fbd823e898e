package io.tollgate.sandbox.stripe;

import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.model.Customer;
import com.stripe.model.Event;
import com.stripe.model.Invoice;
import com.stripe.model.PaymentMethod;
import com.stripe.model.StripeCollection;
import com.stripe.model.Subscription;
import com.stripe.net.Webhook;
import com.stripe.param.CustomerCreateParams;
import com.stripe.param.CustomerUpdateParams;
import com.stripe.param.EventListParams;
import com.stripe.param.InvoiceListParams;
import com.stripe.param.PaymentMethodAttachParams;
import com.stripe.param.PriceCreateParams;
import com.stripe.param.ProductCreateParams;
import com.stripe.param.SubscriptionCreateParams;
import com.stripe.param.checkout.SessionCreateParams;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** A simulator whose time moves only when told to, with what a subscription needs. */
final class Subscribed implements AutoCloseable {
    final StripeSimulator simulator;
    final StripeClient client;

    Subscribed(String start) {
        simulator = StripeSimulator.start(new StripeSimulator.Settings(
                0,
                SimulatedStripe.API_KEY,
                null,
                SimulatedStripe.WEBHOOK_SECRET,
                Clock.fixed(Instant.parse(start), ZoneOffset.UTC)));
        client = StripeClient.builder()
                .setApiKey(SimulatedStripe.API_KEY)
                .setApiBase(simulator.baseUri().toString())
                .build();
    }

    String price(long amount, PriceCreateParams.Recurring.Interval interval) throws StripeException {
        String product = client.v1()
                .products()
                .create(ProductCreateParams.builder().setName("Plan " + amount).build())
                .getId();
        return client.v1()
                .prices()
                .create(PriceCreateParams.builder()
                        .setCurrency("usd")
                        .setUnitAmount(amount)
                        .setProduct(product)
                        .setRecurring(PriceCreateParams.Recurring.builder()
                                .setInterval(interval)
                                .build())
                        .build())
                .getId();
    }

    String monthly(long amount) throws StripeException {
        return price(amount, PriceCreateParams.Recurring.Interval.MONTH);
    }

    String yearly(long amount) throws StripeException {
        return price(amount, PriceCreateParams.Recurring.Interval.YEAR);
    }

    Customer customer(String card) throws StripeException {
        Customer customer = client.v1()
                .customers()
                .create(CustomerCreateParams.builder().setEmail("a@example.com").build());
        card(customer.getId(), card);
        return client.v1().customers().retrieve(customer.getId());
    }

    /** Gives a customer a new default card. */
    String card(String customer, String token) throws StripeException {
        PaymentMethod method = client.v1()
                .paymentMethods()
                .attach(
                        token,
                        PaymentMethodAttachParams.builder()
                                .setCustomer(customer)
                                .build());
        client.v1()
                .customers()
                .update(
                        customer,
                        CustomerUpdateParams.builder()
                                .setInvoiceSettings(CustomerUpdateParams.InvoiceSettings.builder()
                                        .setDefaultPaymentMethod(method.getId())
                                        .build())
                                .build());
        return method.getId();
    }

    static SubscriptionCreateParams.Builder to(String customer, String price) {
        return SubscriptionCreateParams.builder()
                .setCustomer(customer)
                .addItem(SubscriptionCreateParams.Item.builder().setPrice(price).build());
    }

    Subscription subscribe(String card, String price) throws StripeException {
        return client.v1()
                .subscriptions()
                .create(to(customer(card).getId(), price).build());
    }

    Subscription reload(Subscription subscription) throws StripeException {
        return client.v1().subscriptions().retrieve(subscription.getId());
    }

    Invoice invoice(String id) throws StripeException {
        return client.v1().invoices().retrieve(id);
    }

    Invoice latestInvoice(Subscription subscription) throws StripeException {
        return invoice(reload(subscription).getLatestInvoice());
    }

    /** Oldest first. */
    List<Invoice> invoices(Subscription subscription) throws StripeException {
        StripeCollection<Invoice> page = client.v1()
                .invoices()
                .list(InvoiceListParams.builder()
                        .setSubscription(subscription.getId())
                        .setLimit(100L)
                        .build());
        List<Invoice> all = new ArrayList<>();
        page.autoPagingIterable().forEach(all::addFirst);
        return all;
    }

    static Period period(Subscription subscription) {
        var item = subscription.getItems().getData().getFirst();
        return new Period(item.getCurrentPeriodStart(), item.getCurrentPeriodEnd());
    }

    static Period periodOf(String start, String end) {
        return new Period(
                Instant.parse(start).getEpochSecond(), Instant.parse(end).getEpochSecond());
    }

    void advanceTo(String instant) {
        simulator.advanceClock(Duration.between(simulator.now(), Instant.parse(instant)));
    }

    void advance(Duration by) {
        simulator.advanceClock(by);
    }

    static SessionCreateParams.Builder checkout(String price) {
        return SessionCreateParams.builder()
                .setMode(SessionCreateParams.Mode.SUBSCRIPTION)
                .setSuccessUrl("http://localhost:9/return?session_id={CHECKOUT_SESSION_ID}")
                .setCancelUrl("http://localhost:9/back")
                .putMetadata("order", "1")
                .addLineItem(SessionCreateParams.LineItem.builder()
                        .setQuantity(1L)
                        .setPrice(price)
                        .build());
    }

    /** Every event so far, oldest first, each parsed as a webhook is. */
    List<Event> events() throws StripeException {
        List<Event> all = new ArrayList<>();
        for (Event event : client.v1()
                .events()
                .list(EventListParams.builder().setLimit(100L).build())
                .autoPagingIterable()) {
            String body = event.toJson();
            all.addFirst(Webhook.constructEvent(body, sign(body), SimulatedStripe.WEBHOOK_SECRET));
        }
        return all;
    }

    private static String sign(String body) {
        try {
            return Webhook.Signature.generateSignatureHeader(body, SimulatedStripe.WEBHOOK_SECRET);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    List<String> eventTypes() throws StripeException {
        return events().stream().map(Event::getType).toList();
    }

    URI at(String path) {
        return simulator.baseUri().resolve(path);
    }

    @Override
    public void close() {
        simulator.close();
    }
}
