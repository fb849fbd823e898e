package io.tollgate.gateway.admission;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.gateway.routing.Route;
import io.tollgate.metering.account.Balance;
import io.tollgate.metering.credit.Credits;
import io.tollgate.metering.pricing.TokenUsage;
import io.tollgate.metering.reservation.HoldId;
import io.tollgate.metering.reservation.HoldResult;
import io.tollgate.metering.usage.UsageDetail.CountedBy;
import io.tollgate.metering.usage.UsageDetail.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A token costs a micro-credit, input is 100 tokens, a slice 100, and a raise is due when 25 of it are left. */
class RaisingTest {

    private static final String STREAM = ",\"stream\":true";

    private OneAccount account = new OneAccount(10_000);

    @Nested
    class NearTheEndOfWhatIsHeld {
        @Test
        void theHoldIsRaisedByASlice() {
            Stream stream = new Stream(Calls.route(), STREAM);

            stream.delivers(74);
            assertThat(stream.held()).isEqualTo(200);

            stream.delivers(75);
            assertThat(stream.held()).isEqualTo(300);
            assertThat(stream.hold.available()).isEqualTo(Credits.ofMicros(9_700));

            stream.delivers(174);
            assertThat(stream.held()).isEqualTo(300);

            stream.delivers(175);
            assertThat(stream.held()).isEqualTo(400);
        }

        @Test
        void eachChoiceHasItsSlice() {
            Stream stream = new Stream(Calls.route(), STREAM + ",\"n\":3");

            stream.delivers(225);

            assertThat(stream.held()).isEqualTo(100 + 600);
        }

        @Test
        void oneChunkMayUseUpMoreThanASlice() {
            Stream stream = new Stream(Calls.route(), STREAM);

            stream.delivers(1_000);

            assertThat(stream.held()).isEqualTo(100 + 1_100);
        }

        @Test
        void oneRaiseIsUnderWayAtATime() {
            Stream stream = new Stream(Calls.route(), STREAM);
            account.keepOnTheirWay();

            stream.delivers(80);
            stream.delivers(90);
            stream.delivers(190);
            assertThat(account.onTheirWay()).isEqualTo(1);

            account.arrive();
            assertThat(account.onTheirWay())
                    .as("the next, since 190 are near to 200")
                    .isEqualTo(1);
            account.arrive();
            assertThat(stream.held()).isEqualTo(100 + 300);
        }

        @Test
        void noMoreIsHeldThanTheModelCanWrite() {
            Stream stream = new Stream(Calls.route("models[0].max-output-tokens", "150"), STREAM);

            stream.delivers(80);
            stream.delivers(150);

            assertThat(stream.held()).isEqualTo(100 + 150);
            assertThat(account.asked).hasSize(2);
        }

        @Test
        void aCapIsHeldFromTheStartAndRaisedOnlyForAnUpstreamThatIgnoresIt() {
            Stream stream = new Stream(Calls.route(), STREAM + ",\"max_tokens\":150");

            stream.delivers(150);
            assertThat(stream.held()).isEqualTo(250);

            stream.delivers(151);
            assertThat(stream.held()).isEqualTo(100 + 251);
        }

        @Test
        void whereOutputIsFreeNothingIsAsked() {
            Stream stream = new Stream(Calls.route("models[0].price.output", "0"), STREAM);

            stream.delivers(1_000_000);

            assertThat(account.asked).hasSize(1);
        }
    }

    @Nested
    class WithoutEnoughCredit {
        @Test
        void whatIsLeftIsHeld() {
            account = new OneAccount(250);
            Stream stream = new Stream(Calls.route("overage", "cut"), STREAM);

            stream.delivers(75);

            assertThat(stream.held()).isEqualTo(250);
            assertThat(stream.hold.available()).isEqualTo(Credits.ZERO);
            assertThat(stream.cuts).isZero();
        }

        @Test
        void theStreamIsCutOnceWhenWhatWasDeliveredReachesWhatIsHeld() {
            account = new OneAccount(250);
            Stream stream = new Stream(Calls.route("overage", "cut"), STREAM);

            for (int output = 1; output < 150; output++) {
                stream.delivers(output);
            }
            assertThat(stream.cuts).isZero();

            stream.delivers(150);
            stream.delivers(151);
            assertThat(stream.cuts).isEqualTo(1);
            assertThat(account.asked.size()).as("requests").isLessThan(12);
        }

        @Test
        void whatWasDeliveredIsChargedAndNothingStaysHeld() {
            account = new OneAccount(250);
            Stream stream = new Stream(Calls.route("overage", "cut"), STREAM);
            stream.delivers(150);

            stream.settles(75, 150, Outcome.CREDIT_RAN_OUT);

            assertThat(account.balance()).isEqualTo(new Balance(25, 0));
        }

        @Test
        void aRouteThatAllowsDebtGoesOn() {
            account = new OneAccount(250);
            Stream stream = new Stream(Calls.route("overage", "debt"), STREAM);

            for (int output = 1; output < 1_000; output++) {
                stream.delivers(output);
            }
            stream.settles(75, 999, Outcome.COMPLETED);

            assertThat(stream.cuts).isZero();
            assertThat(account.balance()).isEqualTo(new Balance(250 - 75 - 999, 0));
        }

        @Test
        void creditThatComesMeanwhileLetsTheStreamGoOn() {
            account = new OneAccount(250);
            Stream stream = new Stream(Calls.route("overage", "cut"), STREAM);

            stream.delivers(140);
            account.add(1_000);
            for (int output = 141; output < 600; output++) {
                stream.delivers(output);
            }

            assertThat(stream.cuts).isZero();
            assertThat(stream.held()).isEqualTo(account.held()).isGreaterThan(600);
        }

        @Test
        void aFrozenAccountsStreamUsesUpWhatItHolds() {
            Stream stream = new Stream(Calls.route("overage", "cut"), STREAM);
            account.freeze();

            stream.delivers(99);
            assertThat(stream.cuts).isZero();

            stream.delivers(100);
            assertThat(stream.cuts).isEqualTo(1);
        }
    }

    @Nested
    class WhileTheStoreIsAway {
        @ParameterizedTest
        @ValueSource(strings = {"cut", "debt"})
        void theStreamGoesOnAndIsRaisedLater(String overage) {
            Stream stream = new Stream(Calls.route("overage", overage), STREAM);
            account.goAway();
            for (int output = 70; output < 150; output++) {
                stream.delivers(output);
            }
            assertThat(account.asked.size()).as("tries").isBetween(3, 6);
            account.comeBack();

            for (int output = 150; output < 180; output++) {
                stream.delivers(output);
            }

            assertThat(stream.cuts).isZero();
            assertThat(stream.held()).isGreaterThanOrEqualTo(100 + 250);
        }

        @Test
        void aRouteThatCutsDoesSoASliceBeyondWhatIsHeld() {
            Stream stream = new Stream(Calls.route("overage", "cut"), STREAM);
            account.goAway();

            int output = 0;
            while (stream.cuts == 0) {
                stream.delivers(++output);
            }

            assertThat(output).isBetween(200, 225);
        }

        @ParameterizedTest
        @CsvSource({"debt, refuse", "cut, allow"})
        void aRouteThatAllowsDebtOrTrustsItsCallersNeverDoes(String overage, String whenRedisIsDown) {
            Stream stream = new Stream(Calls.route("overage", overage, "when-redis-is-down", whenRedisIsDown), STREAM);
            account.goAway();

            for (int output = 0; output < 10_000; output++) {
                stream.delivers(output);
            }

            assertThat(stream.cuts).isZero();
        }
    }

    @Nested
    class WhenTheStoreHasLostTheHold {
        @Test
        void theWholeTotalIsHeldAgain() {
            Stream stream = new Stream(Calls.route(), STREAM);
            stream.delivers(75);
            account.lose(stream.hold.id());

            stream.delivers(175);

            assertThat(stream.held()).isEqualTo(100 + 300);
        }

        @Test
        void aRenewalHoldsWhatARaiseHadReached() {
            Stream stream = new Stream(Calls.route(), STREAM);
            stream.delivers(75);
            account.lose(stream.hold.id());

            stream.hold.renew(stream::cut);

            assertThat(stream.held()).isEqualTo(300);
            assertThat(stream.cuts).isZero();
        }

        @ParameterizedTest
        @ValueSource(strings = {"cut", "debt"})
        void itIsCutIfTheCreditHasGoneMeanwhile(String overage) {
            account = new OneAccount(400);
            Stream stream = new Stream(Calls.route("overage", overage), STREAM);
            account.lose(stream.hold.id());
            new Stream(Calls.route(), STREAM + ",\"max_tokens\":200");

            stream.delivers(75);

            assertThat(stream.cuts).isEqualTo(1);
        }

        @Test
        void itIsCutIfTheHoldHasExpired() {
            Stream stream = new Stream(Calls.route(), STREAM);
            account.expire(stream.hold.id());

            stream.delivers(75);

            assertThat(stream.cuts).isEqualTo(1);
        }
    }

    @Nested
    class WhenTheCallEnds {
        @Test
        void aRaiseThatArrivesAfterTheEndHoldsNothing() {
            Stream stream = new Stream(Calls.route("overage", "cut"), STREAM);
            account.keepOnTheirWay();
            stream.delivers(80);
            stream.settles(10, 80, Outcome.COMPLETED);
            Runnable raise = account.takeFirst();

            account.arrive();
            raise.run();

            assertThat(account.balance()).isEqualTo(new Balance(10_000 - 90, 0));
            assertThat(stream.cuts).isZero();
        }

        @Test
        void aRaiseThatArrivesBeforeTheEndIsEndedWithIt() {
            Stream stream = new Stream(Calls.route("overage", "cut"), STREAM);
            account.keepOnTheirWay();
            stream.delivers(80);
            stream.settles(10, 80, Outcome.COMPLETED);

            account.arrive();
            account.arrive();

            assertThat(account.balance()).isEqualTo(new Balance(10_000 - 90, 0));
            assertThat(account.onTheirWay()).isZero();
        }

        @Test
        void aRefusalThatArrivesAfterTheEndCutsNothing() {
            account = new OneAccount(200);
            Stream stream = new Stream(Calls.route("overage", "cut"), STREAM);
            account.keepOnTheirWay();
            stream.delivers(100);
            stream.settles(10, 100, Outcome.COMPLETED);

            account.arrive();
            account.arrive();

            assertThat(stream.cuts).isZero();
            assertThat(account.balance()).isEqualTo(new Balance(90, 0));
        }

        @Test
        void whatTheRaisedHoldCoversIsCertainAtOnce() {
            Stream stream = new Stream(Calls.route("overage", "cut"), STREAM);
            stream.delivers(75);
            stream.delivers(175);
            account.keepOnTheirWay();

            List<Credits> told = new ArrayList<>();
            stream.hold.settleReported(TokenUsage.of(100, 290)).subscribe(told::add);

            assertThat(told).containsExactly(Credits.ofMicros(390));
        }

        @Test
        void aRenewalThatWasOvertakenByARaiseDoesNotUndoIt() {
            Stream stream = new Stream(Calls.route(), STREAM);
            account.keepOnTheirWay();
            stream.hold.renew(stream::cut);
            stream.delivers(80);
            Runnable renewal = account.takeFirst();

            account.arrive();
            renewal.run();

            assertThat(stream.held()).isEqualTo(300);
        }
    }

    static LongStream seeds() {
        return new Random().longs(50);
    }

    /** Requests arrive late but in order, streams end at any time. */
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void manyStreamsNeverHoldOrSpendMoreThanThereIs(long seed) {
        Random random = new Random(seed);
        long credit = random.nextLong(1_000, 5_000);
        account = new OneAccount(credit);
        Route route = Calls.route("overage", "cut");
        List<Stream> streams = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            streams.add(new Stream(route, STREAM));
        }
        account.keepOnTheirWay();

        for (int step = 0; step < 3_000; step++) {
            Stream stream = streams.get(random.nextInt(streams.size()));
            if (stream.cuts > 0 || random.nextInt(400) == 0) {
                stream.settlesOnce();
            } else if (random.nextBoolean()) {
                stream.delivers(stream.output + random.nextInt(8));
            } else if (account.onTheirWay() > 0) {
                account.arrive();
            }
            assertThat(account.balance().availableMicros()).as("step %d", step).isGreaterThanOrEqualTo(0);
        }
        streams.forEach(Stream::settlesOnce);
        while (account.onTheirWay() > 0) {
            account.arrive();
        }

        assertThat(account.held()).isZero();
        assertThat(account.balance().postedMicros()).isGreaterThanOrEqualTo(0);
        long cost = streams.stream().mapToLong(stream -> 75 + stream.output).sum();
        long charged = credit - account.balance().postedMicros();
        assertThat(charged)
                .as("what was delivered, but for what nothing was held for, which others may have held")
                .isBetween(streams.stream().mapToLong(stream -> stream.certain).sum(), cost);
    }

    /** A stream that is held and runs on this thread. */
    private final class Stream {

        private final OpenHold hold;
        private int cuts;
        private long output;
        private long certain;
        private boolean settled;

        Stream(Route route, String members) {
            MeteredCall call = Calls.call(account.id, route, members);
            hold = new OpenHold(call, HoldId.bornAt(1_790_000_000_000L), Calls.settlements(account), Calls.BOUNDS);
            HoldResult result = requireNonNull(account.hold(hold.request()).block());
            if (result instanceof HoldResult.Held(var total, var after)) {
                hold.held(total, after);
            }
            hold.answered();
        }

        void delivers(long all) {
            output = all;
            hold.delivered(all, Runnable::run, this::cut);
        }

        void cut() {
            cuts++;
        }

        long held() {
            return account.heldBy(hold.id());
        }

        void settles(long input, long all, Outcome outcome) {
            hold.settle(TokenUsage.of(input, all), CountedBy.GATEWAY, outcome);
        }

        void settlesOnce() {
            if (!settled) {
                settled = true;
                certain = Math.min(75 + output, hold.request().total().micros());
                settles(75, output, Outcome.COMPLETED);
            }
        }
    }
}
