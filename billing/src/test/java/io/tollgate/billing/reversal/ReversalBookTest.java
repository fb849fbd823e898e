package io.tollgate.billing.reversal;

import static io.tollgate.metering.postgres.BookOfRecord.got;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tollgate.billing.World;
import io.tollgate.billing.payment.Payment;
import io.tollgate.billing.topup.Delivery;
import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.account.AccountState;
import io.tollgate.metering.account.LiveAccounts;
import io.tollgate.metering.command.Commands;
import io.tollgate.metering.command.StateChanges;
import io.tollgate.metering.credit.Credits;
import io.tollgate.metering.grant.Allowance;
import io.tollgate.metering.grant.Allowances;
import io.tollgate.metering.grant.Allowances.ReplaceResult;
import io.tollgate.metering.grant.Clawbacks;
import io.tollgate.metering.ledger.Books;
import io.tollgate.metering.ledger.Money;
import io.tollgate.metering.reservation.HoldResult;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What the book makes of what Stripe says, in whatever order it is read. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReversalBookTest {

    private static final Instant AT = Instant.parse("2026-11-20T12:00:00Z");

    private final World world = World.still();
    private final Reversals reversals = world.the(Reversals.class);

    private AccountId account = new AccountId("none");

    @AfterAll
    void close() {
        world.close();
    }

    @BeforeEach
    void open() {
        account = world.account();
    }

    @Nested
    class Refunding {

        @Test
        void takesTheCreditOfAFullRefund() {
            Payment payment = bought(900, Credits.of(10));

            Booked booked = see(payment, refund("re_a", 900, RefundPhase.SUCCEEDED));

            assertThat(booked.changes())
                    .containsExactly(
                            new Change.OfRefund(name("re_a"), RefundPhase.SUCCEEDED, new Money(900, "usd")),
                            new Change.Taken(name("re_a"), Credits.of(10)));
            assertThat(posted()).isZero();
            assertThat(clearing()).isZero();
        }

        @Test
        void takesInProportionAndTheRestWithTheLastPart() {
            Payment payment = bought(3, Credits.ofMicros(10));

            see(payment, refund("re_a", 1, RefundPhase.SUCCEEDED));
            assertThat(posted()).isEqualTo(7);
            see(payment, refund("re_a", 1, RefundPhase.SUCCEEDED), refund("re_b", 1, RefundPhase.SUCCEEDED));
            assertThat(posted()).isEqualTo(4);
            see(payment, refund("re_c", 1, RefundPhase.SUCCEEDED));
            assertThat(posted()).isZero();
        }

        @Test
        void takesWhenItIsUnderWayAndGivesBackExactlyThatWhenItFails() {
            Payment payment = bought(900, Credits.of(10));
            see(payment, refund("re_a", 100, RefundPhase.PENDING));
            assertThat(posted()).isEqualTo(10_000_000 - 1_111_111);

            see(payment, refund("re_a", 100, RefundPhase.FAILED));

            assertThat(posted()).isEqualTo(10_000_000);
            assertThat(clearing()).isEqualTo(900);
            assertThat(world.text("SELECT cause FROM grant_record WHERE account = '" + account
                            + "' ORDER BY number DESC LIMIT 1"))
                    .isEqualTo("REINSTATED");
        }

        @Test
        void givesBackWhenOneThatHadSucceededIsSentBack() {
            Payment payment = bought(900, Credits.of(10));
            see(payment, refund("re_a", 900, RefundPhase.SUCCEEDED));

            see(payment, refund("re_a", 900, RefundPhase.FAILED));
            see(payment, refund("re_b", 900, RefundPhase.SUCCEEDED));
            see(payment, refund("re_b", 900, RefundPhase.FAILED));

            assertThat(posted()).isEqualTo(10_000_000);
            assertThat(clearing()).isEqualTo(900);
            assertThat(deferred()).isEqualTo(-900);
        }

        @Test
        void whatWasUsedBecomesDebt() {
            Payment payment = bought(900, Credits.of(10));
            Calls.use(world, account, Credits.of(4));

            see(payment, refund("re_a", 900, RefundPhase.SUCCEEDED));

            assertThat(posted()).isEqualTo(-4_000_000);
            assertThat(Calls.attempt(world, account)).isInstanceOf(HoldResult.Refused.class);
        }

        @Test
        void whatWasUsedIsTakenFromLaterPurchases() {
            Payment payment = bought(900, Credits.of(10));
            Calls.use(world, account, Credits.of(10));
            bought(900, Credits.of(10));

            see(payment, refund("re_a", 450, RefundPhase.SUCCEEDED));

            assertThat(posted()).isEqualTo(5_000_000);
        }

        @Test
        void ofWhatWasPaidTaxCountsForTheShareAndIsNotInTheBooks() {
            Payment payment = Purchase.of(world, account, 1_071, 900, Credits.of(10), null);

            see(payment, refund("re_a", 357, RefundPhase.SUCCEEDED));
            assertThat(posted()).isEqualTo(10_000_000 - 3_333_333);
            assertThat(clearing()).isEqualTo(600);
            see(payment, refund("re_b", 714, RefundPhase.SUCCEEDED));

            assertThat(posted()).isZero();
            assertThat(clearing()).isZero();
        }

        @Test
        void anOldReadingChangesNothing() {
            Payment payment = bought(900, Credits.of(10));
            see(payment, refund("re_a", 900, RefundPhase.SUCCEEDED));

            assertThat(see(payment, refund("re_a", 900, RefundPhase.PENDING))).isEqualTo(Booked.NOTHING);
            assertThat(see(payment, refund("re_a", 900, RefundPhase.SUCCEEDED))).isEqualTo(Booked.NOTHING);
            assertThat(got(reversals.book(payment, new Reading(List.of(), List.of()))))
                    .isEqualTo(Booked.NOTHING);
        }

        @Test
        void twentyAtOnceTakeOnce() {
            Payment payment = bought(900, Credits.of(10));
            Reading reading = new Reading(List.of(refund("re_a", 450, RefundPhase.SUCCEEDED)), List.of());

            List<Booked> all = got(Flux.range(0, 20)
                    .flatMap(_ -> reversals.book(payment, reading), 20)
                    .collectList());

            assertThat(all).filteredOn(booked -> !booked.equals(Booked.NOTHING)).hasSize(1);
            assertThat(posted()).isEqualTo(5_000_000);
        }

        @Test
        void whatAnOperatorHasTakenOfTheGrantIsNotTakenTwice() {
            Payment payment = bought(900, Credits.of(10));
            long grant = world.book().number("SELECT grant_number FROM payment WHERE id = '" + payment.id() + "'");
            got(world.the(Clawbacks.class).take(account, account + ":by-hand", grant, Credits.of(4)));

            see(payment, refund("re_a", 900, RefundPhase.SUCCEEDED));
            assertThat(takenOf(payment)).isEqualTo(6_000_000);
            see(payment, refund("re_a", 900, RefundPhase.FAILED));

            assertThat(takenOf(payment)).isZero();
        }

        @Test
        void whatHasExpiredIsNotAskedFor() {
            Payment payment = Purchase.of(
                    world, account, 900, 900, Credits.of(10), Instant.now().plusSeconds(3));
            Calls.use(world, account, Credits.of(4));
            await().until(() -> posted() == 0);
            await().until(() -> world.book()
                            .number("SELECT count(*) FROM account_event WHERE account = '" + account
                                    + "' AND expired <> ''")
                    == 1);

            see(payment, refund("re_a", 900, RefundPhase.SUCCEEDED));

            assertThat(posted()).isEqualTo(-4_000_000);
            see(payment, refund("re_a", 900, RefundPhase.FAILED));
            assertThat(posted()).isZero();
        }

        @Test
        void isToldOnceThatItSucceeded() {
            Payment payment = bought(900, Credits.of(10));
            see(payment, refund("re_a", 300, RefundPhase.PENDING));
            assertThat(notices("REFUNDED")).isZero();

            see(payment, refund("re_a", 300, RefundPhase.SUCCEEDED));
            see(payment, refund("re_a", 300, RefundPhase.SUCCEEDED));

            assertThat(notices("REFUNDED")).isEqualTo(1);
        }
    }

    @Nested
    class Disputing {

        @Test
        void takesAndFreezesAndGivesBackAndThawsWhenWon() {
            Payment payment = bought(900, Credits.of(10));
            Calls.use(world, account, Credits.of(4));

            see(payment, dispute("du_a", 900, DisputePhase.OPEN));
            assertThat(posted()).isEqualTo(-4_000_000);
            assertThat(Calls.attempt(world, account)).isEqualTo(new HoldResult.NotActive(AccountState.FROZEN));
            assertThat(got(world.the(Disputes.class).openAgainst(account))).isEqualTo(1);

            see(payment, dispute("du_a", 900, DisputePhase.WON));
            assertThat(posted()).isEqualTo(6_000_000);
            assertThat(Calls.attempt(world, account)).isInstanceOf(HoldResult.Held.class);
            assertThat(clearing()).isEqualTo(900);
            assertThat(got(world.the(Disputes.class).openAgainst(account))).isZero();
        }

        @Test
        void anInquiryMovesNothing() {
            Payment payment = bought(900, Credits.of(10));

            see(payment, dispute("du_a", 900, DisputePhase.INQUIRY));
            see(payment, dispute("du_a", 900, DisputePhase.INQUIRY_CLOSED));

            assertThat(posted()).isEqualTo(10_000_000);
            assertThat(state()).isEqualTo(AccountState.ACTIVE);
            assertThat(notices("DISPUTED")).isZero();
        }

        @Test
        void aPartOfThePaymentTakesItsShare() {
            Payment payment = bought(900, Credits.of(10));

            see(payment, dispute("du_a", 300, DisputePhase.OPEN));

            assertThat(posted()).isEqualTo(10_000_000 - 3_333_333);
        }

        @Test
        void aLostOneStaysTakenAndFrozen() {
            Payment payment = bought(900, Credits.of(10));
            see(payment, dispute("du_a", 900, DisputePhase.OPEN));

            see(payment, dispute("du_a", 900, DisputePhase.LOST));

            assertThat(posted()).isZero();
            assertThat(state()).isEqualTo(AccountState.FROZEN);
        }

        @Test
        void aPreventedOneIsARefund() {
            Payment payment = bought(900, Credits.of(10));
            see(payment, dispute("du_a", 900, DisputePhase.OPEN));

            see(payment, dispute("du_a", 900, DisputePhase.PREVENTED));

            assertThat(posted()).isZero();
            assertThat(state()).isEqualTo(AccountState.ACTIVE);
        }

        @Test
        void afterAFullRefundTakesNothingMore() {
            Payment payment = bought(900, Credits.of(10));
            see(payment, refund("re_a", 900, RefundPhase.SUCCEEDED));

            see(payment, dispute("du_a", 900, DisputePhase.OPEN));
            see(payment, dispute("du_a", 900, DisputePhase.LOST));

            assertThat(posted()).isZero();
            assertThat(takenOf(payment)).isEqualTo(10_000_000);
            assertThat(clearing()).isEqualTo(-900);
        }

        @Test
        void aRefundAfterAReinstatementTakesInFull() {
            Payment payment = bought(900, Credits.of(10));
            see(payment, dispute("du_a", 900, DisputePhase.OPEN));
            see(payment, dispute("du_a", 900, DisputePhase.WON));

            see(payment, refund("re_a", 450, RefundPhase.SUCCEEDED));
            assertThat(posted()).isEqualTo(5_000_000);
            see(payment, refund("re_b", 450, RefundPhase.SUCCEEDED));
            assertThat(posted()).isZero();

            assertThat(clearing()).isZero();
        }

        @Test
        void anAccountThawsOnceItsLastDisputeIsWon() {
            Payment one = bought(900, Credits.of(10));
            Payment other = bought(900, Credits.of(10));
            see(one, dispute("du_a", 900, DisputePhase.OPEN));
            see(other, dispute("du_b", 900, DisputePhase.OPEN));

            see(one, dispute("du_a", 900, DisputePhase.WON));
            assertThat(state()).isEqualTo(AccountState.FROZEN);
            see(other, dispute("du_b", 900, DisputePhase.WON));

            assertThat(state()).isEqualTo(AccountState.ACTIVE);
            assertThat(posted()).isEqualTo(20_000_000);
        }

        @Test
        void anOperatorsFreezeIsNotLifted() {
            Payment payment = bought(900, Credits.of(10));
            enter(AccountState.FROZEN);
            see(payment, dispute("du_a", 900, DisputePhase.OPEN));

            see(payment, dispute("du_a", 900, DisputePhase.WON));

            assertThat(state()).isEqualTo(AccountState.FROZEN);
        }

        @Test
        void aFreezeOfTheOperatorDuringTheDisputeIsNotLifted() {
            Payment payment = bought(900, Credits.of(10));
            see(payment, dispute("du_a", 900, DisputePhase.OPEN));
            enter(AccountState.FROZEN);

            see(payment, dispute("du_a", 900, DisputePhase.WON));

            assertThat(state()).isEqualTo(AccountState.FROZEN);
        }

        @Test
        void whatAnOperatorHasThawedCountsNoMore() {
            Payment one = bought(900, Credits.of(10));
            Payment other = bought(900, Credits.of(10));
            see(one, dispute("du_a", 900, DisputePhase.OPEN));
            see(one, dispute("du_a", 900, DisputePhase.LOST));
            enter(AccountState.ACTIVE);

            see(other, dispute("du_b", 900, DisputePhase.OPEN));
            assertThat(state()).isEqualTo(AccountState.FROZEN);
            see(other, dispute("du_b", 900, DisputePhase.WON));

            assertThat(state()).isEqualTo(AccountState.ACTIVE);
        }

        @Test
        void isToldOnce() {
            Payment payment = bought(900, Credits.of(10));

            see(payment, dispute("du_a", 900, DisputePhase.OPEN));
            see(payment, dispute("du_a", 900, DisputePhase.LOST));

            assertThat(notices("DISPUTED")).isEqualTo(1);
        }
    }

    @Nested
    class OfAPlan {

        @Test
        void takesTheShareOfWhatIsLeftAndNeverMakesDebt() {
            Payment payment = planPaid(500, Credits.of(250), null);
            Calls.use(world, account, Credits.of(200));

            see(payment, refund("re_a", 250, RefundPhase.SUCCEEDED));
            assertThat(posted()).isZero();
            see(payment, refund("re_b", 250, RefundPhase.SUCCEEDED));
            assertThat(posted()).isZero();

            see(payment, refund("re_a", 250, RefundPhase.FAILED), refund("re_b", 250, RefundPhase.FAILED));
            assertThat(posted()).isEqualTo(50_000_000);
        }

        @Test
        void leavesThePurchasesAndTheNextPeriodAlone() {
            Payment payment = planPaid(500, Credits.of(250), null);
            bought(900, Credits.of(10));
            planPaid(500, Credits.of(250), null);

            see(payment, dispute("du_a", 500, DisputePhase.OPEN));

            assertThat(posted()).isEqualTo(260_000_000);
        }

        @Test
        void comesBackForAsLongAsItWouldHaveLasted() {
            Instant end = Instant.now().plusSeconds(3_600);
            Payment payment = planPaid(500, Credits.of(250), end);
            see(payment, dispute("du_a", 500, DisputePhase.OPEN));

            see(payment, dispute("du_a", 500, DisputePhase.WON));

            assertThat(posted()).isEqualTo(250_000_000);
            assertThat(world.book()
                            .number("SELECT count(*) FROM grant_record WHERE account = '" + account
                                    + "' AND cause = 'REINSTATED' AND expires_at BETWEEN '" + end + "' AND '"
                                    + end.plusSeconds(600) + "'"))
                    .isEqualTo(1);
        }

        private Payment planPaid(long minor, Credits allowance, @Nullable Instant end) {
            Allowance wanted = new Allowance(
                    account,
                    "period-" + account + "-" + world.stripe().now(),
                    allowance,
                    Credits.ZERO,
                    Allowance.DEFAULT_PRIORITY,
                    end);
            if (!(got(world.the(Allowances.class).replace(wanted)) instanceof ReplaceResult.Replaced replaced)) {
                throw new AssertionError("not given");
            }
            world.the(Delivery.class).push(replaced.command()).block();
            return Purchase.ofPlan(world, account, minor, allowance, replaced.grant());
        }
    }

    /** The news of one payment, however it is read: the end is the same. */
    @Nested
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    class InAnyOrder {

        /** A part is refunded slowly, the rest disputed; the dispute is won, the refund succeeds, another part is refunded. */
        private List<Reading> story() {
            return List.of(
                    reading(refund("re_a", 100, RefundPhase.PENDING)),
                    reading(refund("re_a", 100, RefundPhase.PENDING), dispute("du_a", 800, DisputePhase.OPEN)),
                    reading(refund("re_a", 100, RefundPhase.SUCCEEDED), dispute("du_a", 800, DisputePhase.OPEN)),
                    reading(refund("re_a", 100, RefundPhase.SUCCEEDED), dispute("du_a", 800, DisputePhase.WON)),
                    reading(
                            refund("re_a", 100, RefundPhase.SUCCEEDED),
                            refund("re_b", 300, RefundPhase.SUCCEEDED),
                            dispute("du_a", 800, DisputePhase.WON)));
        }

        /** Refunds come, fail and come again around two disputes, one lost. */
        private List<Reading> longStory() {
            return List.of(
                    reading(dispute("du_a", 100, DisputePhase.INQUIRY)),
                    reading(dispute("du_a", 100, DisputePhase.OPEN)),
                    reading(refund("re_a", 250, RefundPhase.PENDING), dispute("du_a", 100, DisputePhase.OPEN)),
                    reading(refund("re_a", 250, RefundPhase.SUCCEEDED), dispute("du_a", 100, DisputePhase.WON)),
                    reading(refund("re_a", 250, RefundPhase.FAILED), dispute("du_a", 100, DisputePhase.WON)),
                    reading(
                            refund("re_a", 250, RefundPhase.FAILED),
                            refund("re_b", 500, RefundPhase.CANCELED),
                            refund("re_c", 7, RefundPhase.SUCCEEDED),
                            dispute("du_a", 100, DisputePhase.WON)),
                    reading(
                            refund("re_c", 7, RefundPhase.SUCCEEDED),
                            dispute("du_a", 100, DisputePhase.WON),
                            dispute("du_b", 333, DisputePhase.OPEN)),
                    reading(dispute("du_a", 100, DisputePhase.WON), dispute("du_b", 333, DisputePhase.WON)));
        }

        @Test
        void allOrdersOfFiveReadingsEndTheSame() {
            for (List<Integer> order : permutations(5)) {
                open();
                Payment payment = bought(900, Credits.of(10));
                List<Reading> story = story();
                order.forEach(i -> got(reversals.book(payment, story.get(i))));
                assertEnd(payment, order.toString(), 4_444_444, 500);
            }
        }

        static LongStream seeds() {
            return new Random().longs(Integer.getInteger("seeds", 20)); // each a batch of 25, side by side
        }

        private record Shuffled(AccountId account, Payment payment, List<Reading> readings, int atOnce) {}

        @ParameterizedTest(name = "seed {0}")
        @MethodSource("seeds")
        void anyShuffleWithDuplicatesEndsTheSame(long seed) {
            Random random = new Random(seed);
            List<Shuffled> batch = IntStream.range(0, 25)
                    .mapToObj(_ -> shuffled(world.account(), random))
                    .toList();

            got(Flux.fromIterable(batch).flatMap(this::bookAll, 8).then().thenReturn(true));

            for (Shuffled each : batch) {
                account = each.account();
                assertEnd(each.payment(), "seed " + seed, 77_777, 893);
            }
        }

        private Shuffled shuffled(AccountId payer, Random random) {
            account = payer;
            List<Reading> story = longStory();
            List<Reading> readings = new ArrayList<>(story);
            for (int i = random.nextInt(6); i > 0; i--) {
                readings.add(story.get(random.nextInt(story.size())));
            }
            Collections.shuffle(readings, random);
            return new Shuffled(payer, bought(900, Credits.of(10)), readings, 1 + random.nextInt(3));
        }

        private Mono<Void> bookAll(Shuffled each) {
            return Flux.fromIterable(each.readings())
                    .flatMap(reading -> reversals.book(each.payment(), reading), each.atOnce())
                    .then();
        }

        private void assertEnd(Payment payment, String order, long taken, long clearing) {
            assertThat(takenOf(payment)).as(order).isEqualTo(taken);
            assertThat(clearing()).as(order).isEqualTo(clearing);
            await().until(() ->
                    got(world.the(Commands.class).unapplied(account, 50).count()) == 0);
            assertThat(posted()).as(order).isEqualTo(10_000_000 - taken);
            assertThat(state()).as(order).isEqualTo(AccountState.ACTIVE);
        }

        private Stream<List<Integer>> permutations(List<Integer> chosen, List<Integer> left) {
            return left.isEmpty()
                    ? Stream.of(chosen)
                    : left.stream().flatMap(next -> {
                        List<Integer> with = new ArrayList<>(chosen);
                        with.add(next);
                        return permutations(
                                with,
                                left.stream()
                                        .filter(other -> !other.equals(next))
                                        .toList());
                    });
        }

        private List<List<Integer>> permutations(int size) {
            return permutations(List.of(), IntStream.range(0, size).boxed().toList())
                    .toList();
        }
    }

    @Test
    void theBooksSumToZeroAndAgree() {
        Payment payment = bought(900, Credits.of(10));
        Calls.use(world, account, Credits.of(3));
        see(payment, dispute("du_a", 900, DisputePhase.OPEN));
        see(payment, dispute("du_a", 900, DisputePhase.WON));
        see(payment, refund("re_a", 500, RefundPhase.SUCCEEDED));

        Books books = world.the(Books.class);
        await().until(() -> got(world.the(Commands.class).unapplied(account, 50).count()) == 0);

        assertThat(got(books.totals()).values()).allMatch(total -> total == 0);
        assertThat(got(books.of(account))).satisfies(of -> {
            assertThat(of.agree()).isTrue();
            assertThat(of.postedMicros()).isEqualTo(posted());
        });
    }

    private Payment bought(long minor, Credits credits) {
        return Purchase.of(world, account, minor, credits);
    }

    private Booked see(Payment payment, Object... news) {
        return got(reversals.book(payment, reading(news)));
    }

    private static Reading reading(Object... news) {
        return new Reading(
                Stream.of(news)
                        .filter(SeenRefund.class::isInstance)
                        .map(SeenRefund.class::cast)
                        .toList(),
                Stream.of(news)
                        .filter(SeenDispute.class::isInstance)
                        .map(SeenDispute.class::cast)
                        .toList());
    }

    private SeenRefund refund(String id, long amount, RefundPhase phase) {
        return new SeenRefund(name(id), amount, phase, "requested_by_customer", null, AT);
    }

    private SeenDispute dispute(String id, long amount, DisputePhase phase) {
        return new SeenDispute(name(id), amount, phase, "fraudulent", AT);
    }

    private String name(String id) {
        return id + "_" + account;
    }

    private long posted() {
        return got(world.the(LiveAccounts.class).read(account)).balance().postedMicros();
    }

    private AccountState state() {
        return got(world.the(LiveAccounts.class).read(account)).state();
    }

    private void enter(AccountState state) {
        var result = got(world.the(StateChanges.class).enter(account, state, "by-hand:" + account + ":" + state));
        if (!(result instanceof StateChanges.ChangeResult.Issued issued)) {
            throw new AssertionError("not issued: " + result);
        }
        world.the(Delivery.class).push(issued.command()).block();
    }

    private long takenOf(Payment payment) {
        return world.book().number("SELECT taken_micros FROM reversal WHERE payment = '" + payment.id() + "'");
    }

    private long clearing() {
        return booked("stripe:clearing:usd");
    }

    private long deferred() {
        await().until(() -> got(world.the(Commands.class).unapplied(account, 50).count()) == 0);
        return booked("deferred:usd");
    }

    private long booked(String ledgerAccount) {
        return world.book()
                .number(
                        "SELECT CAST(coalesce(sum(e.amount), 0) AS bigint) FROM ledger_entry e JOIN ledger_transaction t"
                                + " ON t.id = e.ledger_transaction WHERE e.unit = 'usd' AND t.account = '" + account
                                + "' AND e.ledger_account = '" + ledgerAccount + "'");
    }

    private long notices(String kind) {
        return world.book()
                .number("SELECT count(*) FROM notice WHERE account = '" + account + "' AND kind = '" + kind + "'");
    }
}
