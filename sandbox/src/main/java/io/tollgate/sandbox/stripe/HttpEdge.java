package io.tollgate.sandbox.stripe;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The listening socket: turns exchanges into {@link Incoming} and {@link Reply}, one virtual thread each. */
final class HttpEdge implements AutoCloseable {
    static final int BODY_MAX = 1 << 20;

    private static final Logger log = LoggerFactory.getLogger(HttpEdge.class);

    private final HttpServer server;
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("stripe-", 0).factory());

    private HttpEdge(HttpServer server) {
        this.server = server;
    }

    static HttpEdge listen(int port, Function<Incoming, Reply> handler) {
        HttpEdge edge = new HttpEdge(bind(port));
        edge.server.setExecutor(edge.threads);
        edge.server.createContext("/", exchange -> serve(exchange, handler));
        startAsDaemon(edge.server);
        return edge;
    }

    private static HttpServer bind(int port) {
        try {
            return HttpServer.create(
                    new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port), 0);
        } catch (BindException e) {
            throw new IllegalStateException(
                    "Port " + port + " for the simulated Stripe is taken. Free it, or configure another port"
                            + " (0 takes any free one).",
                    e);
        } catch (IOException e) {
            throw new UncheckedIOException("The simulated Stripe cannot listen on port " + port, e);
        }
    }

    /** The server's dispatcher inherits the daemon flag of the thread that starts it. */
    private static void startAsDaemon(HttpServer server) {
        Thread starter = Thread.ofPlatform().daemon().name("stripe-start").start(server::start);
        try {
            starter.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    URI baseUri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    private static void serve(HttpExchange exchange, Function<Incoming, Reply> handler) throws IOException {
        try (exchange) {
            switch (reply(exchange, handler)) {
                case Reply.Silence _ -> {}
                case Reply.Answer answer -> write(exchange, answer);
            }
        }
    }

    private static Reply reply(HttpExchange exchange, Function<Incoming, Reply> handler) throws IOException {
        byte[] body = exchange.getRequestBody().readNBytes(BODY_MAX + 1);
        if (body.length > BODY_MAX) {
            return Reply.of(ApiException.badRequest("The request body is too large."));
        }
        URI uri = exchange.getRequestURI();
        Incoming request = new Incoming(
                exchange.getRequestMethod(),
                uri.getPath(),
                Optional.ofNullable(uri.getRawQuery()).orElse(""),
                name -> Optional.ofNullable(exchange.getRequestHeaders().getFirst(name)),
                new String(body, StandardCharsets.UTF_8));
        try {
            return handler.apply(request);
        } catch (RuntimeException bug) {
            log.error("The simulated Stripe failed at {} {}", request.method(), request.path(), bug);
            return Reply.of(ApiException.outage());
        }
    }

    private static void write(HttpExchange exchange, Reply.Answer answer) throws IOException {
        answer.headers().forEach(exchange.getResponseHeaders()::set);
        byte[] body = answer.bytes();
        exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
        if (body.length > 0) {
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
