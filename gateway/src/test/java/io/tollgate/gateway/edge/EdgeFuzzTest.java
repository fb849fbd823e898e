package io.tollgate.gateway.edge;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.filter.ThresholdFilter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.r2dbc.spi.Readable;
import io.tollgate.gateway.edge.FuzzInputs.Input;
import io.tollgate.gateway.edge.FuzzInputs.Kind;
import io.tollgate.gateway.edge.RecordingUpstream.Seen;
import io.tollgate.gateway.installation.Operator.Customer;
import io.tollgate.metering.credit.Credits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;
import org.springframework.r2dbc.core.DatabaseClient;

/**
 * Sends the gateway tens of thousands of inputs, most of them broken on purpose, and judges what became of them: each is answered or its connection
 * closed in time, none makes the gateway fail, and whatever reached the upstream was sent beyond doubt and paid for.
 *
 * <p>{@code -Dfuzz.inputs=N} tries more, {@code -Dseed=S} others, {@code -Dfuzz.from=N} begins with another number. Every build tries the same.
 */
class EdgeFuzzTest {

    private static final int INPUTS = Integer.getInteger("fuzz.inputs", 20_000);
    private static final long FROM = Long.getLong("fuzz.from", 0);
    private static final long SEED = Long.getLong("seed", 3_612_764_042L);
    private static final int CONNECTIONS = 64;
    private static final int CALLERS = 8;
    private static final Duration REQUEST_TIMEOUT = Duration.ofMillis(400);

    private static final Credits CREDIT = Credits.of(1_000_000);
    private static final Duration BOOKED_WITHIN = Duration.ofSeconds(30);

    private final Map<Kind, Long> tried = new ConcurrentSkipListMap<>();

    private final ListAppender<ILoggingEvent> errors = new ListAppender<>();

    @Test
    @Timeout(3_600)
    void whateverComesIsAnsweredOrClosedAndNothingReachesTheUpstreamUnpaid() throws Exception {
        try (EdgeGateway gateway = new EdgeGateway(REQUEST_TIMEOUT)) {
            listenForErrors();
            List<Customer> customers = customers(gateway);
            Judge judge = new Judge(
                    customers.stream().collect(Collectors.toMap(Customer::key, Customer::account)),
                    gateway.upstreamCredential());

            long begun = System.nanoTime();
            List<String> findings = sendAll(gateway, customers, judge);
            Duration took = Duration.ofNanos(System.nanoTime() - begun);
            findings.addAll(judged(gateway, customers, judge));

            report(took, gateway.upstream.seen().size());
            assertThat(findings).as("seed " + SEED).isEmpty();
            assertThat(gateway.upstream.faults()).as("seed " + SEED).isEmpty();
            assertThat(gateway.upstream.seen()).as("seed " + SEED).hasSizeGreaterThan(INPUTS / 10);
            assertThat(errors.list).as("seed " + SEED).isEmpty();
        }
    }

    private void report(Duration took, int seen) {
        System.out.printf(
                "Edge fuzz: %d inputs %s from number %d in %d ms, %d connections at a time, seed %d; %d calls reached the upstream%n",
                INPUTS, tried, FROM, took.toMillis(), CONNECTIONS, SEED, seen);
    }

    private static List<Customer> customers(EdgeGateway gateway) {
        List<Customer> customers = new ArrayList<>();
        for (int i = 0; i <= CALLERS; i++) {
            customers.add(gateway.operator.customerWith(CREDIT));
        }
        return customers;
    }

    /** Each customer but the last sends, over several connections; in the name of the last calls are smuggled. */
    private List<String> sendAll(EdgeGateway gateway, List<Customer> customers, Judge judge)
            throws InterruptedException, ExecutionException {
        AtomicLong numbers = new AtomicLong(FROM);
        FuzzInputs inputs = new FuzzInputs(SEED);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<List<String>>> running = new ArrayList<>();
            for (int i = 0; i < CONNECTIONS; i++) {
                Customer caller = customers.get(i % CALLERS);
                running.add(threads.submit(() -> {
                    FuzzClient client = new FuzzClient(gateway, caller, judge);
                    for (long number = numbers.getAndIncrement();
                            number < FROM + INPUTS;
                            number = numbers.getAndIncrement()) {
                        Input input = inputs.input(
                                number, caller.key(), customers.getLast().key());
                        tried.merge(input.kind(), 1L, Long::sum);
                        client.tryOut(input);
                    }
                    return client.findings();
                }));
            }
            List<String> findings = new ArrayList<>();
            for (Future<List<String>> one : running) {
                findings.addAll(one.get());
            }
            return findings;
        }
    }

    /** What the upstream saw against what was sent, and every account against its charges, once all holds have ended and are booked. */
    private static List<String> judged(EdgeGateway gateway, List<Customer> customers, Judge judge) {
        Map<String, Credits> posted = new HashMap<>();
        customers.forEach(customer -> posted.put(customer.account(), gateway.settled(customer)));
        List<Seen> seen = gateway.upstream.seen();
        List<Ended> ended = new ArrayList<>();
        await().atMost(BOOKED_WITHIN).until(() -> {
            ended.clear();
            ended.addAll(ended(gateway));
            return ended.stream().map(Ended::id).collect(Collectors.toSet()).containsAll(idsOf(seen));
        });
        Map<String, Long> held = new HashMap<>();
        List<String> findings = new ArrayList<>();
        for (Ended end : ended) {
            if (held.put(end.id(), end.heldMicros()) != null || end.kind().equals("EXPIRED")) {
                findings.add("a hold that ended twice or by itself: " + end);
            }
            posted.merge(end.account(), Credits.ofMicros(end.chargedMicros()), Credits::plus);
        }
        posted.forEach((account, total) -> {
            if (!total.equals(CREDIT)) {
                findings.add(account + " has posted and charged " + total);
            }
        });
        seen.forEach(request -> judge.seen(request, held));
        findings.addAll(judge.findings());
        return findings;
    }

    private static Set<String> idsOf(List<Seen> seen) {
        return seen.stream()
                .map(request -> String.valueOf(request.header("tollgate-request-id")))
                .collect(Collectors.toSet());
    }

    private record Ended(String id, String kind, String account, long heldMicros, long chargedMicros) {
        static Ended of(Readable row) {
            return new Ended(
                    String.valueOf(row.get("id", UUID.class)),
                    String.valueOf(row.get("kind", String.class)),
                    String.valueOf(row.get("account", String.class)),
                    requireNonNull(row.get("held_micros", Long.class)),
                    requireNonNull(row.get("charged_micros", Long.class)));
        }
    }

    private static List<Ended> ended(EdgeGateway gateway) {
        return requireNonNull(gateway.bean(DatabaseClient.class)
                .sql("SELECT id, kind, account, held_micros, charged_micros FROM usage_event")
                .map(Ended::of)
                .all()
                .collectList()
                .block(BOOKED_WITHIN));
    }

    private void listenForErrors() {
        ThresholdFilter filter = new ThresholdFilter();
        filter.setLevel(Level.ERROR.toString());
        filter.start();
        errors.addFilter(filter);
        errors.start();
        ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).addAppender(errors);
    }
}
