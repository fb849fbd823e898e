package io.tollgate.loadtest.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.loadtest.call.Call;
import io.tollgate.loadtest.call.Call.Kind;
import io.tollgate.loadtest.call.Call.Outcome;
import io.tollgate.loadtest.check.Evidence.Booked;
import io.tollgate.loadtest.check.Evidence.Charge;
import io.tollgate.loadtest.check.Evidence.Delivery;
import io.tollgate.loadtest.check.Evidence.Extent;
import io.tollgate.loadtest.check.Evidence.Live;
import io.tollgate.loadtest.check.Evidence.Position;
import io.tollgate.loadtest.check.Invariant.Verdict;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** One account, granted 1,000: call-1 cost 300, call-2 cost 200, call-3 was refused, one call broke before it was named. */
class InvariantsTest {
    private List<Call> told = List.of(
            call("call-1", Outcome.ANSWERED, 300L),
            call("call-2", Outcome.ANSWERED, 200L),
            call("call-3", Outcome.REFUSED, null),
            call(null, Outcome.BROKEN, null));
    private Booked booked = new Booked(1_000, 500, 0, 0, 500);
    private @Nullable Live live = new Live(500, 0);
    private List<Charge> charges = List.of(charge("call-1", 300), charge("call-2", 200));
    private List<Delivery> deliveries =
            List.of(delivery("call-1", Extent.WHOLE, 20), delivery("call-2", Extent.WHOLE, 20));
    private Map<String, Long> books = Map.of("credits", 0L, "usd", 0L);

    @Test
    void aSoundRunHasNoOffences() {
        assertThat(offended()).isEmpty();
    }

    @Test
    void anAccountThatIsIdleInRedisIsSound() {
        live = null;

        assertThat(offended()).isEmpty();
    }

    @Nested
    class OfPositions {
        @Test
        void creditThatVanishedIsFound() {
            booked = new Booked(1_001, 500, 0, 0, 500);

            assertThat(offended()).containsExactly("granted = posted + spent + expired + clawed back");
        }

        @Test
        void aHoldLeftBehindIsFound() {
            live = new Live(500, 1);

            assertThat(offended()).containsExactly("held = 0");
        }

        @Test
        void aMicroCreditBetweenRedisAndPostgresIsFound() {
            live = new Live(499, 0);

            assertThat(offended()).containsExactly("Redis = Postgres");
        }

        @Test
        void spendingWithoutAChargeIsFound() {
            booked = new Booked(1_000, 501, 0, 0, 499);
            live = new Live(499, 0);

            assertThat(offended()).containsExactly("spent = sum of charges");
        }

        @Test
        void booksThatDoNotBalanceAreFound() {
            books = Map.of("credits", 0L, "usd", -1L);

            assertThat(offences("books sum to zero")).containsExactly("usd: -1");
        }
    }

    @Nested
    class OfClients {
        @Test
        void anotherChargeThanToldIsFoundById() {
            told = List.of(call("call-1", Outcome.ANSWERED, 299L), call("call-2", Outcome.ANSWERED, 200L));

            assertThat(offences("told = charged"))
                    .singleElement()
                    .asString()
                    .contains("call-1", "0.000299", "0.000300");
        }

        @Test
        void anAnswerThatDoesNotSayWhatItCostIsFound() {
            told = List.of(call("call-1", Outcome.ANSWERED, null), call("call-2", Outcome.ANSWERED, 200L));

            assertThat(offended()).containsExactly("told = charged");
        }

        @Test
        void anAnswerToldButNeverChargedIsFound() {
            told = List.of(
                    call("call-1", Outcome.ANSWERED, 300L),
                    call("call-2", Outcome.ANSWERED, 200L),
                    call("call-9", Outcome.ANSWERED, 100L));

            assertThat(offended()).containsExactly("told = charged");
        }

        @Test
        void aChargeForARefusalIsFound() {
            told = List.of(call("call-1", Outcome.ANSWERED, 300L), call("call-2", Outcome.REFUSED, null));

            assertThat(offended()).containsExactly("told = charged");
        }

        @Test
        void aChargeThatNoClientKnowsOfIsFound() {
            told = List.of(call("call-1", Outcome.ANSWERED, 300L));

            assertThat(offences("charged -> told")).singleElement().asString().contains("call-2");
        }

        @Test
        void aBrokenCallExplainsOneUnknownCharge() {
            told = List.of(call("call-1", Outcome.ANSWERED, 300L), call(null, Outcome.BROKEN, null));

            assertThat(offended()).isEmpty();
        }

        @Test
        void aCallChargedTwiceIsFound() {
            charges = List.of(charge("call-1", 300), charge("call-2", 100), charge("call-2", 100));

            assertThat(offended()).containsExactly("charged once");
        }
    }

    @Nested
    class OfTheProvider {
        @Test
        void anUnmeteredAnswerIsFound() {
            deliveries = List.of(
                    delivery("call-1", Extent.WHOLE, 20),
                    delivery("call-2", Extent.WHOLE, 20),
                    delivery("call-9", Extent.WHOLE, 20));

            assertThat(offences("delivered -> charged"))
                    .singleElement()
                    .asString()
                    .startsWith("call-9");
        }

        @Test
        void aChargeForNothingIsFound() {
            deliveries = List.of(delivery("call-1", Extent.WHOLE, 20), delivery("call-2", Extent.NONE, 0));

            assertThat(offences("charged -> delivered"))
                    .singleElement()
                    .asString()
                    .contains("call-2");
        }

        @Test
        void otherTokensThanDeliveredAreFound() {
            deliveries = List.of(delivery("call-1", Extent.WHOLE, 21), delivery("call-2", Extent.WHOLE, 20));

            assertThat(offended()).containsExactly("charged -> delivered");
        }

        @Test
        void anAnswerThatWasCutMayBeChargedByOurOwnCount() {
            deliveries = List.of(delivery("call-1", Extent.PARTIAL, 3), delivery("call-2", Extent.WHOLE, 20));

            assertThat(offended()).isEmpty();
        }
    }

    private List<String> offended() {
        return judge().stream()
                .filter(verdict -> !verdict.holds())
                .map(Verdict::invariant)
                .toList();
    }

    private List<String> offences(String invariant) {
        return judge().stream()
                .filter(verdict -> verdict.invariant().equals(invariant))
                .flatMap(verdict -> verdict.offences().stream())
                .toList();
    }

    private List<Verdict> judge() {
        return Invariants.judge(
                new Evidence(told, List.of(new Position("acme", booked, live)), charges, deliveries, books));
    }

    private static Call call(@Nullable String id, Outcome outcome, @Nullable Long cost) {
        return new Call("acme", id, Kind.PLAIN, outcome, cost);
    }

    private static Charge charge(String id, long micros) {
        return new Charge(id, "acme", micros, 10, 20);
    }

    private static Delivery delivery(String id, Extent extent, long tokens) {
        return new Delivery(id, extent, 10, tokens);
    }
}
