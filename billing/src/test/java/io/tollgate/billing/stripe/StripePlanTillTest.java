package io.tollgate.billing.stripe;

import static io.tollgate.metering.postgres.BookOfRecord.got;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.tollgate.billing.subscription.StripeInvoice;
import io.tollgate.billing.subscription.StripeInvoice.Line;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.scheduler.Schedulers;

class StripePlanTillTest {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private HttpServer stripe;

    @BeforeEach
    void start() throws IOException {
        stripe = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        stripe.createContext("/v1/invoices/in_1", exchange -> answer(exchange, invoice(page(1, true))));
        stripe.createContext("/v1/invoices/in_1/lines", exchange -> {
            String query = exchange.getRequestURI().getQuery();
            answer(exchange, query.contains("starting_after=il_1") ? page(2, false) : page(1, true));
        });
        stripe.start();
    }

    @AfterEach
    void stop() {
        stripe.stop(0);
    }

    private static String invoice(String lines) {
        return """
                {"id": "in_1", "object": "invoice", "total": 500, "amount_paid": 500, "currency": "usd", "status": "paid",
                 "billing_reason": "subscription_cycle", "attempt_count": 1, "lines": %s}""".formatted(lines);
    }

    // Of two lines, one a page: first a correction, then what the period costs.
    private static String page(int line, Boolean more) {
        return """
                {"object": "list", "has_more": %s, "url": "/v1/invoices/in_1/lines", "data": [
                 {"id": "il_%d", "object": "line_item", "amount": 1, "period": {"start": 1, "end": 2},
                  "parent": {"type": "subscription_item_details",
                             "subscription_item_details": {"subscription_item": "si_1", "proration": %s}}}]}""".formatted(more, line, line == 1);
    }

    private static void answer(HttpExchange exchange, String json) throws IOException {
        byte[] body = json.getBytes(UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Test
    void readsTheLinesThatDidNotComeWithTheInvoice() {
        URI base = URI.create("http://127.0.0.1:" + stripe.getAddress().getPort());
        StripeSettings settings = new StripeSettings(
                base, "sk_test_1", PATIENCE, PATIENCE, PATIENCE, 0, Duration.ZERO, 1, 1, 100, Duration.ofSeconds(1));
        StripePlanTill till = new StripePlanTill(StripeConfiguration.access(
                settings,
                Schedulers.boundedElastic(),
                CircuitBreaker.of("stripe", StripeConfiguration.breaker(settings))));

        StripeInvoice invoice = got(till.invoice("in_1"));

        assertThat(invoice.lines()).extracting(Line::kind).containsExactly(Line.Kind.PRORATION, Line.Kind.PERIOD);
    }
}
