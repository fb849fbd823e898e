package io.tollgate.metering.recovery.redis;

import static io.tollgate.metering.live.Calls.newHold;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.metering.account.AccountSnapshot;
import io.tollgate.metering.account.AccountState;
import io.tollgate.metering.account.Balance;
import io.tollgate.metering.account.LiveAccounts.Seeding;
import io.tollgate.metering.account.Lot;
import io.tollgate.metering.account.Partition;
import io.tollgate.metering.account.Partitions;
import io.tollgate.metering.command.ApplyResult;
import io.tollgate.metering.command.Command;
import io.tollgate.metering.command.IssuedCommand;
import io.tollgate.metering.credit.Credits;
import io.tollgate.metering.live.Await;
import io.tollgate.metering.live.Calls;
import io.tollgate.metering.live.FakeBook;
import io.tollgate.metering.live.RawRedis;
import io.tollgate.metering.live.RedisLiveStore;
import io.tollgate.metering.recovery.Epoch;
import io.tollgate.metering.reservation.EndResult;
import io.tollgate.metering.reservation.Ending.Overage;
import io.tollgate.metering.reservation.HoldId;
import io.tollgate.metering.reservation.HoldRequest;
import io.tollgate.metering.reservation.HoldResult;
import io.tollgate.metering.store.StoreUnavailableException;
import io.tollgate.metering.usage.EventPosition;
import io.tollgate.metering.usage.UsageEvent;
import io.tollgate.sandbox.stores.SharedStores;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What happens when the head in Redis and what is known of it do not fit. */
class RedisRecoveryTest {

    private static final long BOOKED = 1_000;

    private final FakeBook book = new FakeBook();
    private final String uri = SharedStores.instance().redis().freshUri();
    private final RawRedis raw = new RawRedis(uri);
    private final RedisLiveStore store = new RedisLiveStore(uri, book);
    private final Calls calls = new Calls(store);
    private final Partition partition = store.bean(Partitions.class).of(calls.account);
    private final String head = "{tg:" + partition.number() + "}:head";

    @BeforeEach
    void bookAnAccount() {
        store.now(Calls.START);
        book.put(booked(BOOKED));
    }

    @AfterEach
    void close() {
        store.close();
        raw.close();
    }

    private AccountSnapshot booked(long micros) {
        return new AccountSnapshot(
                calls.account,
                AccountState.ACTIVE,
                List.of(new Lot(1, Credits.ofMicros(micros), 100, Lot.NEVER)),
                0,
                0,
                1,
                "first");
    }

    private EventPosition lastPosition() {
        return calls.events().stream()
                .map(UsageEvent::position)
                .reduce((a, b) -> b)
                .orElseThrow();
    }

    @Test
    void anUnusedPartitionIsOpenedInItsFirstEpoch() {
        calls.held(100);

        assertThat(raw.redis().get(head)).isEqualTo("1-0");
        assertThat(book.epoch(partition)).isEqualTo(1);
        assertThat(book.olderReads()).isZero();
    }

    @Test
    void aLostHeadOpensTheNextEpoch() {
        calls.settle(calls.held(100), 40, Overage.CUT);
        raw.redis().flushdb();
        book.put(booked(BOOKED - 40));

        HoldResult result = calls.hold(newHold(), 100);

        assertThat(result).isEqualTo(new HoldResult.Held(Credits.ofMicros(100), new Balance(960, 100)));
        assertThat(raw.redis().get(head)).startsWith("2-");
    }

    @Test
    void aHeadAsAnOlderVersionKeptItOpensTheNextEpoch() {
        calls.settle(calls.held(100), 40, Overage.CUT);
        raw.redis().del(head);
        raw.redis().hset(head, Map.of("e", "1", "n", "1"));
        book.put(booked(BOOKED - 40));

        HoldResult result = calls.hold(newHold(), 100);

        assertThat(result).isEqualTo(new HoldResult.Held(Credits.ofMicros(100), new Balance(960, 100)));
        assertThat(raw.redis().get(head)).isEqualTo("2-0");
    }

    @Test
    void aHeadBelowWhatWasAcknowledgedOpensTheNextEpoch() {
        calls.settle(calls.held(100), 40, Overage.CUT);
        raw.redis().set(head, "1-0");

        calls.held(100);

        assertThat(raw.redis().get(head)).startsWith("2-");
        calls.settle(newHold(), 1, Overage.CUT);
        assertThat(lastPosition()).isEqualTo(new EventPosition(2, 1));
    }

    @Test
    void aGatewayThatStartsAnewNoticesThatBookedEventsAreGone() {
        calls.settle(calls.held(100), 40, Overage.CUT);
        book.putEpoch(partition, new Epoch(1, 5));
        try (RedisLiveStore other = new RedisLiveStore(uri, book)) {
            Await.value(other.reservations().hold(request(newHold(), 1)));
        }

        assertThat(raw.redis().get(head)).startsWith("2-");
    }

    @Test
    void anEpochOpenedByAnotherGatewayIsAdopted() {
        calls.held(100);
        book.putEpoch(partition, new Epoch(4, 0));
        raw.redis().set(head, "4-7");

        calls.settle(newHold(), 1, Overage.CUT);

        assertThat(lastPosition()).isEqualTo(new EventPosition(4, 8));
        assertThat(book.epoch(partition)).isEqualTo(4);
    }

    @Test
    void aHeadAheadOfTheBookIsLeftBehindByBoth() {
        raw.redis().set(head, "9-3");

        calls.held(100);

        assertThat(raw.redis().get(head)).startsWith("10-");
        assertThat(book.epoch(partition)).isEqualTo(10);
    }

    @Test
    void aRefusedCallWritesNothing() {
        HoldId id = calls.held(100);
        raw.redis().del(head);
        book.put(booked(BOOKED));

        calls.release(id);

        assertThat(calls.events()).extracting(UsageEvent::position).containsExactly(new EventPosition(2, 1));
        assertThat(calls.position().balance()).isEqualTo(new Balance(BOOKED, 0));
    }

    @Test
    void holdsThatAreStillThereAreHeldInTheNewEpoch() {
        HoldId kept = calls.held(300);
        HoldId ended = calls.held(200);
        calls.release(ended);
        raw.redis().del(head);

        HoldResult result = calls.hold(newHold(), 100);

        assertThat(result).isEqualTo(new HoldResult.Held(Credits.ofMicros(100), new Balance(BOOKED, 400)));
        assertThat(calls.settle(kept, 300, Overage.CUT))
                .isEqualTo(new EndResult.Settled(Credits.ofMicros(300), Credits.ZERO, new Balance(700, 100)));
    }

    @Test
    void olderEntriesAreBookedOnceBeforeAnAccountIsSeededAgain() {
        calls.settle(calls.held(100), 40, Overage.CUT);
        raw.redis().del(head);

        calls.held(1);
        Calls neighbour = neighbour();
        neighbour.hold(newHold(), 0);

        assertThat(book.olderReads()).isEqualTo(1);
        assertThat(raw.redis().xlen("{tg:" + partition.number() + "}:usage")).isEqualTo(1);
    }

    /** Another account of the same partition. */
    private Calls neighbour() {
        while (true) {
            Calls other = new Calls(store);
            if (store.bean(Partitions.class).of(other.account).equals(partition)) {
                return other;
            }
        }
    }

    @Test
    void whatWasReadInAnEpochIsNotSeededIntoTheNext() {
        calls.held(100);
        book.putEpoch(partition, new Epoch(2, 0));
        raw.redis().set(head, "2-0");

        Mono<Seeding> late = store.accounts().seed(booked(BOOKED), 1);

        assertThatThrownBy(() -> Await.end(late)).isInstanceOf(StoreUnavailableException.class);
        assertThat(store.accounts().read(calls.account).blockOptional()).isEmpty();
    }

    @Test
    void manyCallsShareOneRecoveryAndOneLoad() {
        List<HoldResult> results = Await.value(Flux.range(0, 100)
                .flatMap(i -> store.reservations().hold(request(newHold(), 1)), 100)
                .collectList());

        assertThat(results).hasSize(100).allMatch(HoldResult.Held.class::isInstance);
        // On each of the two connections an answer may have been on its way when the load was done.
        assertThat(book.snapshots()).isBetween(1, 2);
        assertThat(book.epoch(partition)).isEqualTo(1);
    }

    @Test
    void commandsThatWaitAreAppliedWhenTheAccountIsLoaded() {
        book.putWaiting(grant(1, "first", 500));
        book.putWaiting(grant(2, "second", 500));

        HoldResult result = calls.hold(newHold(), 1_500);

        assertThat(result).isEqualTo(new HoldResult.Held(Credits.ofMicros(1_500), new Balance(1_500, 1_500)));
        assertThat(calls.position().lastCommand()).isEqualTo(2);
    }

    @Test
    void anotherCommandUnderAKnownNumberMeansTheBookIsRight() {
        calls.held(100);

        ApplyResult result = Await.value(store.commands().apply(grant(1, "not the first", 500)));

        assertThat(result).isInstanceOf(ApplyResult.Absent.class);
        assertThat(raw.redis().get(head)).startsWith("2-");
        book.put(new AccountSnapshot(calls.account, AccountState.ACTIVE, List.of(), 0, 0, 0, ""));
        assertThat(calls.apply(
                        1, "not the first", grant(1, "not the first", 500).command()))
                .isInstanceOf(ApplyResult.Applied.class);
        assertThat(calls.position().balance()).isEqualTo(new Balance(500, 100));
    }

    @Test
    void scriptsThatRedisHasForgottenAreSentAgain() {
        calls.held(100);
        raw.redis().scriptFlush();

        assertThat(calls.hold(newHold(), 100)).isInstanceOf(HoldResult.Held.class);
    }

    private IssuedCommand grant(long number, String id, long micros) {
        return new IssuedCommand(
                calls.account, number, id, new Command.Grant(number, Credits.ofMicros(micros), 100, Lot.NEVER));
    }

    private HoldRequest request(HoldId id, long micros) {
        return new HoldRequest(calls.account, id, Credits.ofMicros(micros), Calls.TTL);
    }
}
