package io.tollgate.billing.simulation;

import static io.tollgate.metering.postgres.BookOfRecord.got;

import io.r2dbc.pool.ConnectionPool;
import io.r2dbc.pool.ConnectionPoolConfiguration;
import io.tollgate.billing.World;
import io.tollgate.billing.autotopup.AutoTopUpDesk;
import io.tollgate.billing.autotopup.AutoTopUpDesk.Wish;
import io.tollgate.billing.autotopup.SaveResult;
import io.tollgate.billing.catalog.Choice;
import io.tollgate.metering.credit.Credits;
import io.tollgate.metering.fault.Faults;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

/** One history: a few customers, deed after deed as chance has it, events delivered badly in between; then rest, and the audit. */
final class Run implements AutoCloseable {

    private static final int CUSTOMERS = 24;
    private static final int LAST = 60;

    final Random random;
    final World world;
    final Coverage coverage;
    final DatabaseClient owner;
    private final ConnectionPool owners;
    final List<Customer> customers = new ArrayList<>();
    private final long seed;
    private final Faults faults = new Faults("io.tollgate.billing.stripe.");
    private final Gateway gateway;
    private final Post post;
    private final List<Deed> deeds = new ArrayList<>();
    private final Deque<String> last = new ArrayDeque<>();

    Run(long seed, Coverage coverage) {
        this.seed = seed;
        this.random = new Random(seed);
        this.coverage = coverage;
        this.world = World.stillWith(faults, Shop.settings());
        this.owners = new ConnectionPool(
                ConnectionPoolConfiguration.builder(world.book().owner().getConnectionFactory())
                        .maxSize(1)
                        .build());
        this.owner = DatabaseClient.create(owners);
        this.gateway = new Gateway(this, faults);
        this.post = new Post(this);
        for (int i = 0; i < CUSTOMERS; i++) {
            customers.add(new Customer(world.account()));
        }
        deeds.addAll(new Buying(this).deeds());
        deeds.addAll(new Calling(this).deeds());
        deeds.addAll(new Banking(this).deeds());
        deeds.addAll(new Subscribing(this).deeds());
        deeds.addAll(new Refunding(this).deeds());
        deeds.add(new Deed("wants credit bought by itself", 4, this::topUpByItself));
        deeds.add(new Deed("time passes", 8, _ -> world.advance(Duration.ofMinutes(random.nextInt(600)))));
    }

    void live(int count) {
        Subscribing subscribing = new Subscribing(this);
        customers.stream().filter(_ -> chance(80)).forEach(subscribing::subscribe);
        for (int step = 1; step <= count; step++) {
            step(step);
        }
        try {
            rest();
            new Audit(this).check();
        } catch (RuntimeException | AssertionError failure) {
            throw told(failure, "at the end");
        }
    }

    private void step(int step) {
        Customer customer = customers.get(random.nextInt(customers.size()));
        Deed deed = any();
        String what = step + ": " + customer + " " + deed.name();
        note(what);
        try {
            deed.doing().accept(customer);
            coverage.count(deed.name());
            post.deliverSome();
            if (random.nextInt(3) > 0) {
                gateway.work();
            }
        } catch (RuntimeException | AssertionError failure) {
            throw told(failure, what);
        }
    }

    private void topUpByItself(Customer customer) {
        SaveResult result = got(world.the(AutoTopUpDesk.class)
                .switchOn(
                        customer.account,
                        new Wish(Credits.of(random.nextInt(20)), new Choice.OfPack("small"), 9_000, null)));
        coverage.count("automatic top-up: " + result.getClass().getSimpleName());
    }

    /** All that can still happen happens: the rest of the mail, what webhooks never told, ends of calls. */
    private void rest() {
        new Calling(this).hangUp();
        post.deliverRest();
        world.advance(Duration.ofMinutes(1)); // younger events are left to the post
        gateway.workAllOff();
    }

    /** A request of somebody's, whose gateway may die over it. */
    <T> Mono<T> perhapsKilled(Mono<T> request) {
        return chance(20) ? gateway.killedOver(request) : request;
    }

    void note(String line) {
        if (last.size() == LAST) {
            last.removeFirst();
        }
        last.addLast(line);
    }

    boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    private Deed any() {
        int at = random.nextInt(deeds.stream().mapToInt(Deed::weight).sum());
        for (Deed deed : deeds) {
            at -= deed.weight();
            if (at < 0) {
                return deed;
            }
        }
        throw new IllegalStateException("weights do not add up");
    }

    private AssertionError told(Throwable failure, String where) {
        return new AssertionError(
                "seed " + seed + ", " + where + "\nreplay with -Dseed=" + seed + "\nall last:\n  "
                        + String.join("\n  ", last) + "\n" + failure.getMessage(),
                failure);
    }

    @Override
    public void close() {
        owners.dispose();
        world.close();
    }
}
