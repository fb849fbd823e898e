package io.tollgate.gateway.connection;

import io.netty.handler.codec.http.HttpRequest;
import io.tollgate.gateway.problem.Problem;
import io.tollgate.gateway.routing.Route;
import io.tollgate.gateway.routing.Routes;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What clients' connections have in common: which requests are metered, and what is done with them. */
record Metered(Routes routes, MeteredService service, CallsUnderWay calls, ConnectionProperties bounds) {

    private static final Pattern ORIGIN = Pattern.compile("https?://[^/?#]+", Pattern.CASE_INSENSITIVE);

    /** Null if the path is not metered. Paths are compared as they are written: another spelling of one leads to the server's 404. */
    @Nullable
    Route routeOf(HttpRequest request) {
        return routes.at(pathOf(request.uri()));
    }

    /** Of an absolute target too, such as proxies send, whatever host it names; empty if it has none. */
    static String pathOf(String target) {
        int begin = target.startsWith("/") ? 0 : endOfAuthority(target);
        if (begin < 0 || !target.startsWith("/", begin)) {
            return "";
        }
        int query = target.indexOf('?', begin);
        return target.substring(begin, query < 0 ? target.length() : query);
    }

    /** -1 if there is no authority. */
    private static int endOfAuthority(String target) {
        Matcher matcher = ORIGIN.matcher(target);
        return matcher.lookingAt() ? matcher.end() : -1;
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
