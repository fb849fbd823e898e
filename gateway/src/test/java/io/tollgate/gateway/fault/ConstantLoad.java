package io.tollgate.gateway.fault;

import static org.awaitility.Awaitility.await;

import io.tollgate.gateway.fault.ClientCall.Kind;
import io.tollgate.gateway.fault.ClientCall.Sent;
import io.tollgate.gateway.installation.GatewayClient;
import io.tollgate.gateway.installation.Installation;
import io.tollgate.gateway.installation.Operator.Customer;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Calls that arrive at a constant rate, whatever becomes of those before: plain and streamed, from any customer, to any gateway, as the seed says. */
final class ConstantLoad implements AutoCloseable {

    static final String PATH = "/v1/chat/completions";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int LEAST_TOKENS = 20;
    private static final int MOST_TOKENS = 100;

    private final List<GatewayClient> gateways;
    private final List<Customer> customers;
    private final Random random;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().factory());
    private final AtomicInteger sent = new AtomicInteger();
    private final Queue<ClientCall> ended = new ConcurrentLinkedQueue<>();

    private ConstantLoad(List<GatewayClient> gateways, List<Customer> customers, long seed) {
        this.gateways = List.copyOf(gateways);
        this.customers = List.copyOf(customers);
        this.random = new Random(seed);
    }

    static ConstantLoad start(List<GatewayClient> gateways, List<Customer> customers, int callsPerSecond, long seed) {
        ConstantLoad load = new ConstantLoad(gateways, customers, seed);
        var _ = load.clock.scheduleAtFixedRate(load::sendNext, 0, 1_000_000 / callsPerSecond, TimeUnit.MICROSECONDS);
        return load;
    }

    private void sendNext() {
        int turn = sent.getAndIncrement();
        // First each customer once by each gateway, which from then on know their keys.
        int gateway = turn < pairs() ? turn % gateways.size() : random.nextInt(gateways.size());
        int customer = turn < pairs() ? turn / gateways.size() : random.nextInt(customers.size());
        send(gateway, customers.get(customer));
    }

    private int pairs() {
        return gateways.size() * customers.size();
    }

    private void send(int gateway, Customer customer) {
        Kind kind = random.nextBoolean() ? Kind.PLAIN : Kind.STREAMED;
        String body =
                kind.body(Installation.TEN_CENTS, random.nextInt(LEAST_TOKENS, MOST_TOKENS + 1), random.nextInt(1_000));
        Sent call = new Sent(customer.account(), gateway, kind, System.nanoTime());
        var _ = gateways.get(gateway)
                .postJsonLater(PATH, body, customer.key())
                .handle((response, failure) -> failure == null ? call.answered(response) : call.broken())
                .thenAccept(ended::add);
    }

    /** Returns when so many more were sent. */
    void awaitSent(int more) {
        int enough = sent.get() + more;
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(10)).until(() -> sent.get() >= enough);
    }

    /** Returns when every one of the gateways has answered so many calls that were sent from now on. */
    void awaitAnswered(int each, List<Integer> by) {
        long now = System.nanoTime();
        await("answers from gateways " + by)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> by.stream().allMatch(gateway -> answeredSince(now, gateway) >= each));
    }

    private long answeredSince(long nanos, int gateway) {
        return ended.stream()
                .filter(call -> call.gateway() == gateway && call.isAnswered() && call.sentNanos() > nanos)
                .count();
    }

    /** Sends no more; returns all calls when the last has ended for its client. */
    List<ClientCall> stop() {
        close();
        await("the end of every call").atMost(PATIENCE).until(() -> ended.size() == sent.get());
        return List.copyOf(ended);
    }

    @Override
    public void close() {
        clock.shutdown();
        try {
            var _ = clock.awaitTermination(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
