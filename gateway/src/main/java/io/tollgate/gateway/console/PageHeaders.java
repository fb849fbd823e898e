package io.tollgate.gateway.console;

import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * What a browser may do with our pages. Their addresses are secrets, so they are neither stored nor sent on as a referrer; nothing is
 * loaded from elsewhere; a form may lead to us and, by redirect, to the checkout.
 */
final class PageHeaders implements WebFilter {

    private final String contentSecurityPolicy;

    PageHeaders(List<String> checkoutOrigins) {
        this.contentSecurityPolicy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
                + "connect-src 'self'; form-action 'self' " + String.join(" ", checkoutOrigins)
                + "; base-uri 'none'; frame-ancestors 'none'";
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        String path = exchange.getRequest().getPath().value();
        if (path.startsWith("/top-up/")) {
            HttpHeaders headers = exchange.getResponse().getHeaders();
            headers.set("Content-Security-Policy", contentSecurityPolicy);
            headers.set("Referrer-Policy", "no-referrer");
            headers.set("X-Content-Type-Options", "nosniff");
            headers.set("X-Frame-Options", "DENY");
            headers.set("Cross-Origin-Opener-Policy", "same-origin");
            headers.setCacheControl("no-store");
        }
        return chain.filter(exchange);
    }
}
