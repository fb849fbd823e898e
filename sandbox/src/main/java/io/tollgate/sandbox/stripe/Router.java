package io.tollgate.sandbox.stripe;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds the endpoint for a method and a path; templates name segments in braces. */
final class Router {
    private record Route(String method, List<String> template, ApiRequest.Endpoint endpoint) {}

    /** An endpoint and what the path said in the places of the template's names. */
    record Match(ApiRequest.Endpoint endpoint, Map<String, String> variables) {}

    private final List<Route> routes = new ArrayList<>();

    Router get(String template, ApiRequest.Endpoint endpoint) {
        return add("GET", template, endpoint);
    }

    Router post(String template, ApiRequest.Endpoint endpoint) {
        return add("POST", template, endpoint);
    }

    Router delete(String template, ApiRequest.Endpoint endpoint) {
        return add("DELETE", template, endpoint);
    }

    private Router add(String method, String template, ApiRequest.Endpoint endpoint) {
        routes.add(new Route(method, segments(template), endpoint));
        return this;
    }

    /** The first route wins, so literal segments are registered before names. */
    Optional<Match> find(String method, String path) {
        List<String> segments = segments(path);
        return routes.stream()
                .filter(route -> route.method().equals(method))
                .flatMap(route -> match(route, segments).stream())
                .findFirst();
    }

    private static Optional<Match> match(Route route, List<String> path) {
        if (route.template().size() != path.size()) {
            return Optional.empty();
        }
        Map<String, String> variables = new HashMap<>();
        for (int i = 0; i < path.size(); i++) {
            String expected = route.template().get(i);
            if (expected.startsWith("{")) {
                variables.put(expected.substring(1, expected.length() - 1), path.get(i));
            } else if (!expected.equals(path.get(i))) {
                return Optional.empty();
            }
        }
        return Optional.of(new Match(route.endpoint(), variables));
    }

    private static List<String> segments(String path) {
        return List.of(path.split("/", -1));
    }
}
