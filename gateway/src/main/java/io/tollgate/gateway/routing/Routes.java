package io.tollgate.gateway.routing;

import java.util.Collection;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The metered routes of this gateway. */
public final class Routes {

    private final Map<String, Route> byPath;

    /**
     * All of them.
     *
     * @throws IllegalStateException if two have the same path
     */
    public Routes(Collection<Route> routes) {
        byPath = routes.stream().collect(Collectors.toUnmodifiableMap(Route::path, Function.identity()));
    }

    /** Null if the path is not metered. */
    public @Nullable Route at(String path) {
        return byPath.get(path);
    }

    public Collection<Route> all() {
        return byPath.values();
    }

    /** What they lead to, each name once. */
    public Collection<Upstream> upstreams() {
        return all().stream()
                .flatMap(route -> route.upstreams().all())
                .collect(Collectors.toMap(Upstream::name, Function.identity(), (one, _) -> one))
                .values();
    }
}
