package io.tollgate.gateway.models;

import io.tollgate.gateway.routing.Model;
import io.tollgate.gateway.routing.Route;
import io.tollgate.gateway.routing.Routes;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the metered routes under one base offer. A base is what a client is told as its base URL, such as {@code /v1}; it calls both {@code
 * /v1/chat/completions} and {@code /v1/models}.
 */
final class OfferedModels {

    private static final String ENDPOINT = "/chat/completions";

    private final String base;
    private final Map<String, ModelBody> byName = new TreeMap<>();
    private final List<Route> routes;

    private OfferedModels(String base, List<Route> routes) {
        this.base = base;
        this.routes = routes;
        for (Route route : routes) {
            for (Model model : route.models().values()) {
                // Of any other model there is no name to list; asked for by its name it is told.
                if (!model.name().equals(Route.ANY_MODEL)) {
                    byName.putIfAbsent(model.name(), body(model.name(), model, route));
                }
            }
        }
    }

    static List<OfferedModels> of(Routes routes) {
        Map<String, List<Route>> byBase = new TreeMap<>();
        routes.all().stream()
                .sorted(Comparator.comparing(Route::name))
                .forEach(route -> byBase.merge(baseOf(route), List.of(route), OfferedModels::both));
        return byBase.entrySet().stream()
                .map(entry -> new OfferedModels(entry.getKey(), entry.getValue()))
                .toList();
    }

    String base() {
        return base;
    }

    Collection<ModelBody> all() {
        return byName.values();
    }

    /** Null if no route here leads to it. */
    @Nullable
    ModelBody named(String name) {
        ModelBody listed = byName.get(name);
        if (listed != null) {
            return listed;
        }
        for (Route route : routes) {
            Model model = route.model(name);
            if (model != null) {
                return body(name, model, route);
            }
        }
        return null;
    }

    private static ModelBody body(String name, Model model, Route route) {
        return ModelBody.of(name, model, route.upstream().name());
    }

    private static String baseOf(Route route) {
        String path = route.path();
        return path.endsWith(ENDPOINT) ? path.substring(0, path.length() - ENDPOINT.length()) : path;
    }

    private static List<Route> both(List<Route> some, List<Route> more) {
        return Stream.concat(some.stream(), more.stream()).toList();
    }
}
