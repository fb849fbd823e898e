package io.tollgate.sandbox.stripe;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Stripe's lists: newest first, with cursors that are ids of objects. */
final class Listing {
    private static final int LIMIT_DEFAULT = 10;
    private static final int LIMIT_MAX = 100;

    private Listing() {}

    /** A page of the objects of a kind; each of {@code fields} is an optional filter for equality. */
    static ObjectNode page(Simulation simulation, ApiRequest request, String kind, String... fields) {
        return page(simulation, request, kind, _ -> true, fields);
    }

    static ObjectNode page(
            Simulation simulation, ApiRequest request, String kind, Predicate<ObjectNode> extra, String... fields) {
        Predicate<ObjectNode> wanted = createdIn(request.form()).and(extra);
        for (String field : fields) {
            Optional<String> value = request.form().text(field);
            wanted = value.isEmpty()
                    ? wanted
                    : wanted.and(object -> object.path(field).asString("").equals(value.get()));
        }
        return page(request, List.copyOf(simulation.store().newestFirst(kind)), wanted);
    }

    /** Cuts the page that a request asks for out of objects already in order. */
    static ObjectNode page(ApiRequest request, List<? extends JsonNode> objects) {
        return page(request, objects, _ -> true);
    }

    /** A cursor marks a place among all objects: that it no longer passes the filter itself does not matter. */
    private static <T extends JsonNode> ObjectNode page(ApiRequest request, List<T> objects, Predicate<T> wanted) {
        Form form = request.form();
        int limit = limit(form);
        Optional<String> after = form.text("starting_after");
        Optional<String> before = form.text("ending_before");
        form.rejectUnread();

        int from = after.map(id -> position(objects, id, "starting_after") + 1).orElse(0);
        int to = before.map(id -> position(objects, id, "ending_before")).orElse(objects.size());
        List<T> window =
                objects.subList(Math.min(from, to), to).stream().filter(wanted).toList();
        boolean more = window.size() > limit;
        boolean backwards = before.isPresent() && after.isEmpty();
        int first = backwards && more ? window.size() - limit : 0;
        return list(request.path(), window.subList(first, Math.min(window.size(), first + limit)))
                .put("has_more", more);
    }

    private static ObjectNode list(String url, List<? extends JsonNode> data) {
        ObjectNode list = JsonNodeFactory.instance.objectNode();
        list.put("object", "list").put("url", url);
        ArrayNode copies = list.putArray("data");
        data.forEach(object -> copies.add(object.deepCopy()));
        return list;
    }

    private static int limit(Form form) {
        OptionalLong limit = form.integer("limit");
        if (limit.isPresent() && (limit.getAsLong() < 1 || limit.getAsLong() > LIMIT_MAX)) {
            throw ApiException.badParameter(
                    "limit", "parameter_invalid_integer", "Invalid limit: it must be between 1 and 100.");
        }
        return (int) limit.orElse(LIMIT_DEFAULT);
    }

    private static int position(List<? extends JsonNode> objects, String id, String param) {
        for (int i = 0; i < objects.size(); i++) {
            if (objects.get(i).path("id").asString("").equals(id)) {
                return i;
            }
        }
        throw ApiException.noSuch("object", id, param);
    }

    private static Predicate<ObjectNode> createdIn(Form form) {
        if (form.object("created").isEmpty()) {
            OptionalLong exact = form.integer("created");
            return object -> exact.isEmpty() || created(object) == exact.getAsLong();
        }
        Form range = form.object("created").orElseThrow();
        List<Predicate<ObjectNode>> bounds = new ArrayList<>();
        range.integer("gt").ifPresent(t -> bounds.add(object -> created(object) > t));
        range.integer("gte").ifPresent(t -> bounds.add(object -> created(object) >= t));
        range.integer("lt").ifPresent(t -> bounds.add(object -> created(object) < t));
        range.integer("lte").ifPresent(t -> bounds.add(object -> created(object) <= t));
        return bounds.stream().reduce(_ -> true, Predicate::and);
    }

    private static long created(ObjectNode object) {
        return object.path("created").longValue();
    }
}
