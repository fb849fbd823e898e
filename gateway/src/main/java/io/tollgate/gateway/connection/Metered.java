package io.tollgate.gateway.connection;

import io.netty.handler.codec.http.HttpRequest;
import io.tollgate.gateway.problem.Problem;
import io.tollgate.gateway.routing.Route;
import io.tollgate.gateway.routing.Routes;
import org.jspecify.annotations.Nullable;

/** What clients' connections have in common: which requests are metered, and what is done with them. */
record Metered(Routes routes, MeteredService service, CallsUnderWay calls, ConnectionProperties bounds) {

    /** Null if the path is not metered. Paths are compared as they are written: another spelling of one leads to the server's 404. */
    @Nullable
    Route routeOf(HttpRequest request) {
        String uri = request.uri();
        int query = uri.indexOf('?');
        return routes.at(query < 0 ? uri : uri.substring(0, query));
    }

    void serve(Exchange exchange) {
        if (calls.refusing()) {
            exchange.refuse(
                    Problem.of(503, "shutting_down", "This gateway is being shut down. Try again: another will answer.")
                            .header("Retry-After", "1"));
        } else {
            service.serve(exchange);
        }
    }
}
