package io.tollgate.metering.reservation;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.account.AccountRemoval.Removal;
import io.tollgate.metering.account.AccountSnapshot;
import io.tollgate.metering.account.LiveAccounts.Seeding;
import io.tollgate.metering.command.ApplyResult;
import io.tollgate.metering.live.Calls;
import io.tollgate.metering.live.FakeBook;
import io.tollgate.metering.live.InMemoryLiveStore;
import io.tollgate.metering.live.LiveStore;
import io.tollgate.metering.live.RedisLiveStore;
import io.tollgate.metering.usage.EventPosition;
import io.tollgate.metering.usage.UsageEvent;
import io.tollgate.metering.usage.UsageEvent.Kind;
import io.tollgate.sandbox.stores.SharedStores;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Redis and the model, step by step. {@code -Dseed=N} replays one run, {@code -Dseeds=N} makes N runs.
 */
class RedisModelTest {

    private static final int STEPS = 2_500;

    /** So many runs meet everything that can happen. */
    private static final int MEETS_ALL = 40;

    private static final Set<String> SEEN = new HashSet<>();

    private static @Nullable RedisLiveStore redis;
    private static int runs;

    static LongStream seeds() {
        Long replayed = Long.getLong("seed");
        return replayed == null
                ? new Random().longs(Long.getLong("seeds", 80L)) // fresh on every run; a failure names the seed
                : LongStream.of(replayed);
    }

    @BeforeAll
    static void connect() {
        redis = new RedisLiveStore(SharedStores.instance().redis().freshUri(), new FakeBook());
    }

    @AfterAll
    static void disconnect() {
        requireNonNull(redis).close();
        if (runs >= MEETS_ALL) {
            assertThat(SEEN).as("what the calls answered and the events said").containsAll(allNames());
        }
    }

    /** What accounts that the book knows can meet, none of which makes holds in such numbers. */
    private static Set<String> allNames() {
        Set<String> names = new HashSet<>();
        for (Class<?> results : List.of(HoldResult.class, EndResult.class, ApplyResult.class)) {
            Stream.of(results.getPermittedSubclasses())
                    .map(Class::getName)
                    .filter(name -> !name.endsWith("$NoSuchAccount") && !name.endsWith("$TooManyHolds"))
                    .forEach(names::add);
        }
        Stream.of(Kind.values()).forEach(kind -> names.add(kind.name()));
        names.addAll(List.of(Removal.REMOVED.name(), Removal.BUSY.name()));
        Stream.of(Seeding.values()).forEach(seeding -> names.add(seeding.name()));
        names.add("kept");
        names.add("broken under a hold");
        return names;
    }

    private static void note(Object answer, Optional<AccountSnapshot> position) {
        SEEN.add(
                answer instanceof Enum<?> word ? word.name() : answer.getClass().getName());
        position.filter(present -> !present.kept().isEmpty()).ifPresent(present -> SEEN.add("kept"));
    }

    private static void note(UsageEvent event) {
        SEEN.add(event.kind().name());
        if (event.kind() == Kind.SETTLED && !event.expired().isEmpty()) {
            SEEN.add("broken under a hold");
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void agreesWithTheModelAfterEveryStep(long seed) {
        LiveStore real = requireNonNull(redis);
        LiveStore model = new InMemoryLiveStore();
        RandomCalls calls = new RandomCalls(seed);
        for (LiveStore store : List.of(real, model)) {
            store.now(Calls.START);
            calls.accounts().forEach(account -> {
                store.book(Calls.empty(account));
                store.seed(Calls.empty(account));
            });
        }

        for (int step = 0; step < STEPS; step++) {
            RandomCalls.Call call = calls.next(account -> position(model, account));

            Object expected = call.on().apply(model);
            Object actual = call.on().apply(real);

            assertThat(actual)
                    .as("seed %d, step %d: %s", seed, step, call.description())
                    .isEqualTo(expected);
            Optional<AccountSnapshot> position = position(real, call.account());
            assertThat(position)
                    .as("seed %d, position after step %d: %s", seed, step, call.description())
                    .isEqualTo(position(model, call.account()));
            note(actual, position);
        }

        for (AccountId account : calls.accounts()) {
            assertThat(withoutPosition(real.events(account)))
                    .as("seed %d, events of %s", seed, account)
                    .isEqualTo(withoutPosition(model.events(account)));
            real.events(account).forEach(RedisModelTest::note);
        }
        runs++;
    }

    /** Empty where it is absent. */
    private static Optional<AccountSnapshot> position(LiveStore store, AccountId account) {
        return store.accounts().read(account).blockOptional();
    }

    // Partitions number their events apart; the model has one number for all.
    private static List<UsageEvent> withoutPosition(List<UsageEvent> events) {
        return events.stream()
                .map(e -> new UsageEvent(
                        EventPosition.START,
                        e.kind(),
                        e.kind() == Kind.LOTS_EXPIRED ? "" : e.id(), // has the account's last number in it
                        e.account(),
                        e.held(),
                        e.charged(),
                        e.uncollected(),
                        e.lots(),
                        e.expired(),
                        e.debtChangeMicros(),
                        e.postedAfterMicros(),
                        e.command(),
                        e.atMillis(),
                        e.detail()))
                .toList();
    }
}
