package io.tollgate.sandbox.stripe;

import com.stripe.exception.SignatureVerificationException;
import com.stripe.model.Event;
import com.stripe.net.Webhook;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** An endpoint that verifies what it gets with stripe-java and answers as it was told to, 200 otherwise. */
final class WebhookReceiver implements AutoCloseable {
    final BlockingQueue<Event> received = new LinkedBlockingQueue<>();
    private final Queue<Integer> answers = new ArrayDeque<>();
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    WebhookReceiver() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::receive);
        server.start();
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/webhook");
    }

    synchronized void answerNextWith(int... statuses) {
        for (int status : statuses) {
            answers.add(status);
        }
    }

    private synchronized int nextAnswer() {
        Integer next = answers.poll();
        return next == null ? 200 : next;
    }

    private void receive(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String signature = exchange.getRequestHeaders().getFirst("Stripe-Signature");
            received.add(Webhook.constructEvent(body, signature, SimulatedStripe.WEBHOOK_SECRET));
            exchange.sendResponseHeaders(nextAnswer(), -1);
        } catch (SignatureVerificationException _) {
            exchange.sendResponseHeaders(400, -1);
        }
    }

    /** The next event, however long within reason it takes. */
    Event next() throws InterruptedException {
        Event event = received.poll(SimulatedStripe.PATIENCE.toSeconds(), TimeUnit.SECONDS);
        if (event == null) {
            throw new AssertionError("no webhook came");
        }
        return event;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
