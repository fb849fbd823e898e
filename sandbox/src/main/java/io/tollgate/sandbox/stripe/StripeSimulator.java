package io.tollgate.sandbox.stripe;

import java.math.BigDecimal;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A running simulated Stripe. Point stripe-java at it with {@code setApiBase(simulator.baseUri().toString())} and the
 * API key of its settings; its checkout sessions have a {@code url} that a browser can open.
 *
 * <p>The methods here are what the control API under {@code /_fake/} offers too (listed at the package): pay or expire
 * a session without a browser, choose how webhooks are delivered and how the API fails, advance the clock. The clock is
 * virtual: objects and events are dated by it, signatures by the real one, or receivers would refuse them as stale.
 */
public final class StripeSimulator implements AutoCloseable {
    /**
     * Where to listen (0 takes a free port), the one API key that is accepted, where webhooks go at first (null:
     * nowhere) and what signs them, and the clock that virtual time starts from.
     */
    public record Settings(
            int port, String apiKey, @Nullable URI webhookUrl, String webhookSecret, Clock clock) {
        public Settings {
            if (port < 0 || port > 65_535) {
                throw new IllegalArgumentException("port out of range [0, 65535]: " + port);
            }
            if (apiKey.isBlank() || webhookSecret.isBlank()) {
                throw new IllegalArgumentException("the API key and the webhook secret must not be blank");
            }
        }

        /** A free port and no webhooks yet, for tests. */
        public static Settings onFreePort(String apiKey, String webhookSecret) {
            return new Settings(0, apiKey, null, webhookSecret, Clock.systemUTC());
        }

        /** Without the secrets. */
        @Override
        public String toString() {
            return "Settings[port=" + port + ", webhookUrl=" + webhookUrl + "]";
        }
    }

    private final Simulation simulation;
    private final Webhooks webhooks;
    private final Outages outages;
    private final CheckoutSessions sessions;
    private final SessionTotals totals;
    private final Bank bank;
    private final Subscribers subscribers;
    private final HttpEdge edge;

    private StripeSimulator(Settings settings, Webhooks webhooks) {
        this.webhooks = webhooks;
        simulation = new Simulation(settings.clock(), webhooks);
        outages = new Outages();
        Router router = new Router();
        Expansion expansion = new Expansion(simulation.store());
        Resources resources = Resources.register(simulation, router, expansion);
        sessions = resources.sessions();
        totals = resources.totals();
        bank = resources.bank();
        subscribers = resources.subscribers();
        StripeApi api = new StripeApi(simulation, router, expansion, outages, settings.apiKey());
        CheckoutPages pages = new CheckoutPages(simulation, sessions);
        AuthenticationPages authentication = new AuthenticationPages(simulation, bank);
        InvoicePages invoicePages =
                new InvoicePages(simulation, resources.billing().cards());
        ControlApi control = new ControlApi(this);
        edge = HttpEdge.listen(settings.port(), request -> {
            if (request.path().startsWith(ControlApi.PREFIX)) {
                return control.handle(request);
            }
            if (request.path().startsWith(Confirmations.PAGE_PREFIX)) {
                return authentication.handle(request);
            }
            if (request.path().startsWith(PortalPages.PREFIX)) {
                return resources.portal().pages().handle(request);
            }
            if (request.path().startsWith(InvoicePages.PREFIX)) {
                return invoicePages.handle(request);
            }
            return request.path().startsWith(CheckoutPages.PREFIX) ? pages.handle(request) : api.handle(request);
        });
        sessions.hostedAt(edge.baseUri());
        resources.portal().sessions().hostedAt(edge.baseUri());
        resources.billing().invoices().hostedAt(edge.baseUri().toString());
        if (settings.webhookUrl() != null) {
            deliverWebhooksTo(settings.webhookUrl());
        }
    }

    /** Fails with a message that names the port when it is taken. */
    public static StripeSimulator start(Settings settings) {
        Webhooks webhooks = new Webhooks(settings.clock(), settings.webhookSecret());
        try {
            return new StripeSimulator(settings, webhooks);
        } catch (RuntimeException failure) {
            webhooks.close();
            throw failure;
        }
    }

    public URI baseUri() {
        return edge.baseUri();
    }

    /** What cardholders, banks and the merchant's own staff do. */
    public Bank bank() {
        return bank;
    }

    /** What subscribers do on Stripe's own pages, and how their failed payments are tried again. */
    public Subscribers subscribers() {
        return subscribers;
    }

    /** What {@code automatic_tax} adds to sessions from now on. */
    public void taxPercent(BigDecimal percent) {
        totals.taxPercent(percent);
    }

    /** Types a promotion code into the page of a session. */
    public void enterPromotionCode(String sessionId, String code) {
        simulation.inTurn(() -> {
            sessions.promote(sessions.require(sessionId), code);
            return code;
        });
    }

    /** How events are written from now on. */
    public void writeEventsAs(EventForm form) {
        simulation.events().write(form);
    }

    /** Replaces the webhook endpoints; events from now on go to each of these. */
    public void deliverWebhooksTo(URI... endpoints) {
        webhooks.deliverTo(List.of(endpoints));
    }

    public void deliverWebhooks(DeliveryMode mode) {
        webhooks.mode(mode);
    }

    /** Sends the webhooks that were held, in order unless shuffled, and returns how each ended. */
    public List<Delivery> flushWebhooks() {
        return webhooks.flush();
    }

    /** Sends an event once more, as often as wanted; nothing is retried. */
    public List<Delivery> deliverEvent(String eventId, int copies, Dispatch dispatch) {
        List<Parcel> parcels = simulation.inTurn(() -> simulation.events().parcels(eventId));
        return webhooks.deliver(parcels, copies, dispatch);
    }

    /** Emits a second event, with an id of its own, for the news of a first; returns the new id. */
    public String twinEvent(String eventId) {
        return simulation.inTurn(() -> simulation.events().twin(eventId));
    }

    /** The latest attempts to deliver webhooks, oldest first. */
    public List<Delivery> deliveries() {
        return webhooks.log();
    }

    /** Waits until every webhook that is due was accepted or given up; false when the time is up first. */
    public boolean awaitDeliveries(Duration atMost) throws InterruptedException {
        return webhooks.awaitIdle(atMost);
    }

    /** The ids of all events of a type, oldest first. */
    public List<String> eventIds(String type) {
        return simulation.inTurn(() -> simulation.events().ids(type));
    }

    /** The ids of all events after this one, oldest first; of all with null. */
    public List<String> eventIdsAfter(@Nullable String eventId) {
        return simulation.inTurn(() -> simulation.events().after(eventId));
    }

    /** Pays a checkout session as its page would, with one of Stripe's test card numbers. */
    public CheckoutResult pay(String sessionId, String cardNumber) {
        return simulation.inTurn(() -> sessions.pay(sessionId, CardEntry.of(CardEntry.card(cardNumber))));
    }

    public void expire(String sessionId) {
        simulation.inTurn(() -> sessions.expire(sessionId));
    }

    /** Makes the next {@code count} API requests fail; 0: all until the next call. Ends the outage before. */
    public void outage(Outage mode, int count) {
        if (count < 0) {
            throw new IllegalArgumentException("count must not be negative: " + count);
        }
        outages.set(mode, count);
    }

    public void endOutage() {
        outages.set(Outage.NONE, 0);
    }

    /** Moves virtual time on and does what falls due on the way; returns the new time. */
    public Instant advanceClock(Duration by) {
        if (by.isNegative()) {
            throw new IllegalArgumentException("time does not go back: " + by);
        }
        return simulation.inTurn(() -> {
            simulation.timeline().advanceTo(simulation.clock().instant().plus(by));
            return simulation.clock().instant();
        });
    }

    /** Virtual time: real time and all that it was advanced by. */
    public Instant now() {
        return simulation.clock().instant();
    }

    /** How many requests an outage keeps waiting right now. */
    public int requestsWaiting() {
        return outages.waiting();
    }

    State state() {
        return new State(
                simulation.clock().instant(),
                outages.mode(),
                outages.waiting(),
                webhooks.mode(),
                webhooks.endpoints(),
                webhooks.heldBack(),
                webhooks.outstanding());
    }

    /** What the control API shows of the whole. */
    record State(
            Instant now,
            Outage outage,
            int requestsWaiting,
            DeliveryMode webhooks,
            List<URI> endpoints,
            int held,
            int outstanding) {}

    @Override
    public void close() {
        endOutage();
        edge.close();
        webhooks.close();
    }
}
