package io.tollgate.gateway.fault;

import static org.awaitility.Awaitility.await;

import io.tollgate.gateway.fault.Witnesses.Position;
import io.tollgate.gateway.installation.Operator;
import io.tollgate.gateway.installation.Operator.Customer;
import io.tollgate.metering.credit.Credits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.awaitility.core.ConditionTimeoutException;

/**
 * One load with one fault in the middle of it, on accounts of its own: some have credit for all of their calls, some run out of it. After the fault it waits until
 * every gateway answers again and all is at rest, gathers what everybody says, and prints a line with what it measured.
 */
final class FaultRun implements AutoCloseable {

    private static final int CALLS_PER_SECOND = 40;
    private static final int RICH = 6;
    private static final int POOR = 4;
    private static final int WARM_UP = 20;
    private static final int RECOVERED = 10;
    private static final Duration REST_MAX = Duration.ofSeconds(40);
    private static final Duration REST = Duration.ofMillis(1_500);

    /** What is answered while Redis dies may be on its way to it: so much before a fault a call's end may be unknown to it. */
    private static final long ON_THE_WAY_NANOS = Duration.ofSeconds(2).toNanos();

    private final String name;
    private final long seed;
    private final List<Customer> customers;
    private final Witnesses witnesses;
    private final ConstantLoad load;
    private final long epochsBefore;
    private final long incidentsBefore;
    private long keptUntil;
    private boolean loses;
    private Predicate<ClientCall> window = _ -> false;
    private long firstStruck;
    private long struck;
    private long mended;

    private FaultRun(FaultyInstallation installation, String name, long seed) {
        this.name = name;
        this.seed = seed;
        this.customers = customers(installation.operator(), new Random(seed));
        this.witnesses = new Witnesses(installation, customers);
        epochsBefore = witnesses.epochs();
        incidentsBefore = witnesses.incidents();
        load = ConstantLoad.start(installation.clients(), customers, CALLS_PER_SECOND, seed);
    }

    /** Returns when the load is under way. */
    static FaultRun start(FaultyInstallation installation, String name, long seed) {
        installation.mend();
        installation.answersTakeAWhile();
        FaultRun run = new FaultRun(installation, name, seed);
        run.load.awaitAnswered(WARM_UP, run.everyGateway());
        return run;
    }

    private static List<Customer> customers(Operator operator, Random random) {
        List<Customer> customers = new ArrayList<>();
        for (int i = 0; i < RICH + POOR; i++) {
            long micros = i < RICH ? 100_000_000 : random.nextLong(200_000, 1_500_000);
            customers.add(operator.customerWith(Credits.ofMicros(micros)));
        }
        return customers;
    }

    ConstantLoad load() {
        return load;
    }

    /** What Redis acknowledges from here on it may lose. */
    void keepsWhatItHas() {
        keptUntil = System.nanoTime();
        loses = true;
    }

    /** Answered calls that this fault may leave uncharged. */
    void mayLose(Predicate<ClientCall> calls) {
        window = calls;
    }

    /** Whether the call ended so shortly before the fault that neither Redis nor Postgres had to know. */
    boolean wasOnTheWay(ClientCall call) {
        return call.endedNanos() > struck - ON_THE_WAY_NANOS;
    }

    /** Redis may come back without what it acknowledged, and with it the holds of calls that run. */
    void strikesRedis(Runnable fault) {
        if (!loses) {
            keepsWhatItHas();
        }
        strikes(fault);
    }

    void strikes(Runnable fault) {
        struck = System.nanoTime();
        firstStruck = firstStruck == 0 ? struck : firstStruck;
        fault.run();
    }

    void isMended(Runnable repair) {
        repair.run();
        mended = System.nanoTime();
    }

    /** Waits until these gateways answer, stops the load, and hears the witnesses when all is at rest. */
    Findings findings(List<Integer> gateways) {
        load.awaitAnswered(RECOVERED, gateways);
        return findingsAtRest();
    }

    Findings findings() {
        return findings(everyGateway());
    }

    /** As {@link #findings()}, where no gateway is expected to answer before the load stops. */
    Findings findingsAtRest() {
        List<ClientCall> calls = load.stop();
        long stopped = System.nanoTime();
        awaitRest(calls);
        long restMillis = millis(System.nanoTime() - stopped) - REST.toMillis();
        Findings findings = hear(calls);
        System.out.println(line(findings, restMillis));
        return findings;
    }

    // What does not come to rest is found among the offences.
    private void awaitRest(List<ClientCall> calls) {
        try {
            await().atMost(REST_MAX)
                    .during(REST)
                    .pollInterval(Duration.ofMillis(250))
                    .ignoreExceptions()
                    .until(() -> witnesses.positions().stream().allMatch(Position::isAtRest)
                            && witnesses.partitionsWithHolds().isEmpty()
                            && hear(calls).lostBeyondTheWindow().isEmpty());
        } catch (ConditionTimeoutException _) {
            System.out.println("fault run [" + name + "] has not come to rest within " + REST_MAX);
        }
    }

    private Findings hear(List<ClientCall> calls) {
        return new Findings(
                calls,
                witnesses.positions(),
                witnesses.charges(),
                witnesses.deliveries(),
                witnesses.books(),
                witnesses.partitionsWithHolds(),
                witnesses.quarantined(),
                overspendMax(calls),
                window);
    }

    /** Epochs opened since the start, of all partitions. */
    long epochs() {
        return witnesses.epochs() - epochsBefore;
    }

    /** Credit that a call has used and Redis forgot can be used again: by account, what the calls cost that it may have forgotten. */
    private Map<String, Long> overspendMax(List<ClientCall> calls) {
        Map<String, Long> most = new HashMap<>();
        if (loses) {
            calls.stream()
                    .filter(call -> call.sentNanos() < struck && call.endedNanos() > keptUntil - ON_THE_WAY_NANOS)
                    .filter(call -> call.costMicros() != null)
                    .forEach(call -> most.merge(call.account(), call.costMicros(), Long::sum));
        }
        return most;
    }

    private String line(Findings findings, long restMillis) {
        List<ClientCall> calls = findings.calls();
        List<ClientCall> failed =
                calls.stream().filter(ClientCall::isRefusedByFault).toList();
        List<ClientCall> after = calls.stream()
                .filter(call -> call.isAnswered() && call.sentNanos() > mended)
                .toList();
        return "fault run [%s] seed %d: %d calls, %d answered, %d x 402, %d x 5xx, %d broken; first refused %s ms after the fault, slowest refusal took %s ms; answered again %s ms after the repair, at rest %d ms after the load; told %d, charged %d, lost %d of %d calls that had ended %s ms before the fault or later, debt %d micro-credits, %d given away; %d epochs opened, %d incidents"
                .formatted(
                        name,
                        seed,
                        calls.size(),
                        count(calls, ClientCall::isAnswered),
                        count(calls, ClientCall::isRefusedForCredit),
                        failed.size(),
                        count(calls, ClientCall::isBroken),
                        text(failed.stream()
                                .mapToLong(call -> millis(call.endedNanos() - firstStruck))
                                .min()),
                        text(failed.stream()
                                .mapToLong(call -> millis(call.endedNanos() - call.sentNanos()))
                                .max()),
                        text(after.stream()
                                .mapToLong(call -> millis(call.endedNanos() - mended))
                                .min()),
                        restMillis,
                        findings.toldMicros(),
                        findings.chargedMicros(),
                        findings.lostMicros(),
                        findings.lost().size(),
                        text(findings.lost().stream()
                                .mapToLong(call -> millis(struck - call.endedNanos()))
                                .max()),
                        findings.debtMicros(),
                        findings.givenAway(),
                        epochs(),
                        witnesses.incidents() - incidentsBefore);
    }

    private List<Integer> everyGateway() {
        return IntStream.range(0, FaultyInstallation.GATEWAYS).boxed().toList();
    }

    private static long count(List<ClientCall> calls, Predicate<ClientCall> which) {
        return calls.stream().filter(which).count();
    }

    private static String text(OptionalLong millis) {
        return millis.isPresent() ? Long.toString(millis.getAsLong()) : "-";
    }

    private static long millis(long nanos) {
        return Duration.ofNanos(nanos).toMillis();
    }

    @Override
    public void close() {
        load.close();
    }
}
