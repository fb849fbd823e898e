package io.tollgate.sandbox.stripe;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What happened, as Stripe tells it: each event carries its object as it was at that moment. */
final class Events {
    static final String KIND = "event";
    /** How long Stripe shows an event. */
    static final Duration KEPT_FOR = Duration.ofDays(30);

    private static final int TYPES_MAX = 20;

    private final Simulation simulation;
    private final Webhooks webhooks;
    private final Notes<Set<URI>> undelivered = new Notes<>();
    private volatile EventForm form = EventForm.SNAPSHOT;

    Events(Simulation simulation, Webhooks webhooks) {
        this.simulation = simulation;
        this.webhooks = webhooks;
    }

    void write(EventForm next) {
        form = next;
    }

    void register(Router router) {
        router.get("/v1/events", this::list).get("/v1/events/{id}", this::retrieve);
    }

    String emit(String type, ObjectNode object) {
        return publish(type, describe(type, object));
    }

    /** Tells of a change: the event also says what the changed fields were before. */
    String emit(String type, ObjectNode object, ObjectNode before) {
        ObjectNode event = describe(type, object);
        event.withObject("/data").set("previous_attributes", Changes.between(before, object));
        return publish(type, event);
    }

    private String publish(String type, ObjectNode event) {
        List<URI> endpoints = webhooks.endpoints();
        event.put("pending_webhooks", endpoints.size());
        String id = event.path("id").stringValue();
        simulation.store().add(event);
        if (!endpoints.isEmpty()) {
            undelivered.put(id, new HashSet<>(endpoints));
        }
        String body = form.write(event);
        endpoints.forEach(
                endpoint -> webhooks.accept(new Parcel(id, type, body, endpoint, () -> delivered(id, endpoint))));
        return id;
    }

    /** Tells the same news again as an event of its own, as Stripe now and then does. */
    String twin(String id) {
        ObjectNode event = simulation.require(KIND, id, "id");
        return emit(event.path("type").stringValue(), (ObjectNode) event.at("/data/object"));
    }

    /** What a repeated delivery of the event sends, to each endpoint there is now. */
    List<Parcel> parcels(String id) {
        ObjectNode event = simulation.require(KIND, id, "id");
        String type = event.path("type").stringValue();
        return webhooks.endpoints().stream()
                .map(endpoint -> new Parcel(id, type, form.write(event), endpoint, () -> delivered(id, endpoint)))
                .toList();
    }

    /** The ids of all events of a type, oldest first. */
    List<String> ids(String type) {
        return simulation.store().newestFirst(KIND).stream()
                .filter(event -> event.path("type").stringValue().equals(type))
                .map(event -> event.path("id").stringValue())
                .toList()
                .reversed();
    }

    /** The ids of all events that came after one, oldest first; with null of all. */
    List<String> after(@Nullable String id) {
        List<String> found = new ArrayList<>();
        for (ObjectNode event : simulation.store().newestFirst(KIND)) {
            String newer = event.path("id").stringValue();
            if (newer.equals(id)) {
                break;
            }
            found.add(newer);
        }
        return found.reversed();
    }

    private ObjectNode describe(String type, ObjectNode object) {
        ObjectNode event = simulation
                .create(KIND, Ids.next("evt_1"))
                .put("api_version", Simulation.API_VERSION)
                .put("type", type);
        event.putObject("data").set("object", object.deepCopy());
        Simulation.Cause cause = simulation.cause();
        event.putObject("request")
                .put("id", cause.requestId().isEmpty() ? null : cause.requestId())
                .put("idempotency_key", cause.idempotencyKey().isEmpty() ? null : cause.idempotencyKey());
        return event;
    }

    private void delivered(String id, URI endpoint) {
        simulation.inTurn(() -> {
            Set<URI> waiting = undelivered.find(id).orElseGet(HashSet::new);
            waiting.remove(endpoint);
            if (waiting.isEmpty()) {
                undelivered.remove(id);
            }
            simulation.store().find(KIND, id).ifPresent(event -> event.put("pending_webhooks", waiting.size()));
            return JsonNodeFactory.instance.nullNode();
        });
    }

    private ObjectNode retrieve(ApiRequest request) {
        request.form().rejectUnread();
        ObjectNode event = simulation.require(KIND, request.id(), "id");
        if (!isKept(event)) {
            throw ApiException.noSuch(KIND, request.id(), "id");
        }
        return event;
    }

    private ObjectNode list(ApiRequest request) {
        Form form = request.form();
        List<String> types = form.textList("types");
        Optional<String> type = form.text("type");
        if (type.isPresent() && !types.isEmpty()) {
            throw ApiException.badParameter(
                    "types", "parameter_invalid", "You may only specify one of these parameters: type, types.");
        }
        if (types.size() > TYPES_MAX) {
            throw ApiException.badParameter("types", "parameter_invalid", "At most 20 types are allowed.");
        }
        Optional<Boolean> success = form.flag("delivery_success");
        Predicate<ObjectNode> wanted = event -> {
            String of = event.path("type").stringValue();
            return isKept(event)
                    && (types.isEmpty() || types.contains(of))
                    && type.map(pattern -> matches(of, pattern)).orElse(true)
                    && success.map(yes -> yes != isUndelivered(event)).orElse(true);
        };
        return Listing.page(simulation, request, KIND, wanted);
    }

    private boolean isKept(ObjectNode event) {
        return event.path("created").longValue()
                >= simulation.clock().instant().minus(KEPT_FOR).getEpochSecond();
    }

    private boolean isUndelivered(ObjectNode event) {
        return undelivered.find(event.path("id").stringValue()).isPresent();
    }

    /** {@code charge.*} stands for all types that begin so. */
    private static boolean matches(String type, String pattern) {
        return pattern.endsWith("*")
                ? type.startsWith(pattern.substring(0, pattern.length() - 1))
                : type.equals(pattern);
    }
}
