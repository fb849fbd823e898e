package io.tollgate.gateway.admission;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tollgate.gateway.admission.AdmissionResult.Admitted;
import io.tollgate.gateway.admission.AdmissionResult.Refused;
import io.tollgate.gateway.admission.RefusedCalls.Lack;
import io.tollgate.gateway.admission.RefusedCalls.RefusedCall;
import io.tollgate.gateway.problem.Problem;
import io.tollgate.gateway.routing.Route;
import io.tollgate.gateway.topup.PastLinks;
import io.tollgate.metering.account.Balance;
import io.tollgate.metering.account.Partitions;
import io.tollgate.metering.credit.Credits;
import io.tollgate.metering.pricing.TokenUsage;
import io.tollgate.metering.reservation.HoldId;
import io.tollgate.metering.reservation.HoldRequest;
import io.tollgate.metering.usage.Backlog;
import io.tollgate.metering.usage.EventPosition;
import io.tollgate.metering.usage.FlushProgress;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.Disposable;

/** A token costs a micro-credit, input is 100 tokens, and 100 of output are held where no cap is given. */
class AdmissionTest {

    private static final String CAP_OF_500 = ",\"max_tokens\":500";

    private final Counter lowered = new SimpleMeterRegistry().counter("lowered");
    private final List<RefusedCall> told = new ArrayList<>();
    private OneAccount account = new OneAccount(1_000);

    @Nested
    class WithEnoughCredit {
        @Test
        void theCallIsHeldAsItIs() {
            OpenHold hold = admitted(Calls.route(), CAP_OF_500);

            assertThat(account.held()).isEqualTo(600);
            assertThat(hold.lowered()).isNull();
            assertThat(hold.available()).isEqualTo(Credits.ofMicros(400));
            assertThat(lowered.count()).isZero();
        }
    }

    @Nested
    class InAnExemptGroup {
        @Test
        void theCallHoldsNothingAndGoesThroughWithoutCredit() {
            account = new OneAccount(0);

            OpenHold hold = exempt("staff", CAP_OF_500);

            assertThat(account.held()).isZero();
            assertThat(hold.lowered()).isNull();
            assertThat(hold.cost(TokenUsage.of(100, 500))).isEqualTo(Credits.ZERO);
            assertThat(hold.call().waivedCost(TokenUsage.of(100, 500))).isEqualTo(Credits.ofMicros(600));
        }

        @Test
        void aStreamNeverAsksForMore() {
            account = new OneAccount(0);
            OpenHold hold = exempt("staff", "");
            int asked = account.asked.size();

            hold.delivered(1_000_000, Runnable::run, () -> {
                throw new AssertionError("cut");
            });

            assertThat(account.asked).hasSize(asked);
        }

        @Test
        void aFrozenAccountIsStillFrozen() {
            account.freeze();

            AdmissionResult result = requireNonNull(admission()
                    .admit(Calls.call(account.id, Calls.route(), "", Set.of("staff")))
                    .block());

            assertThat(((Refused) result).problem().code()).isEqualTo("account_frozen");
        }

        @Test
        void membersOfOtherGroupsPay() {
            exempt("customers", CAP_OF_500);

            assertThat(account.held()).isEqualTo(600);
        }

        private OpenHold exempt(String group, String members) {
            return ((Admitted) requireNonNull(admission()
                            .admit(Calls.call(account.id, Calls.route(), members, Set.of(group)))
                            .block()))
                    .hold();
        }
    }

    @Nested
    class WithTooLittle {
        @Test
        void aCapIsWrittenIntoACallThatGaveNone() {
            account = new OneAccount(150);

            OpenHold hold = admitted(Calls.route(), "");

            assertThat(hold.lowered()).isEqualTo(50);
            assertThat(hold.call().request().body()).asString(UTF_8).startsWith("{\"max_completion_tokens\":50,");
            assertThat(account.held()).isEqualTo(150);
            assertThat(hold.available()).isEqualTo(Credits.ZERO);
            assertThat(lowered.count()).isEqualTo(1);
        }

        @Test
        void theCapIsWhatEachChoiceMayWrite() {
            account = new OneAccount(250);

            OpenHold hold = admitted(Calls.route(), ",\"n\":3");

            assertThat(hold.lowered()).isEqualTo(50);
            assertThat(account.held()).isEqualTo(250);
        }

        @Test
        void theClientsOwnCapIsNotLowered() {
            account = new OneAccount(150);

            Problem problem = refused(Calls.route(), CAP_OF_500);

            assertThat(problem.code()).isEqualTo("call_exceeds_credit");
            assertThat(problem.facts())
                    .containsEntry("affordable_output_tokens", "50")
                    .containsEntry("required", "0.0006")
                    .containsEntry("available", "0.00015")
                    .containsKey("top_up_url");
            assertThat(account.held()).isZero();
        }

        @Test
        void theClientsOwnCapIsLoweredWhereTheRouteSaysSo() {
            account = new OneAccount(150);

            OpenHold hold = admitted(Calls.route("lower-cap", "also-the-clients"), CAP_OF_500);

            assertThat(hold.lowered()).isEqualTo(50);
            assertThat(hold.call().request().body()).asString(UTF_8).contains("\"max_tokens\":50");
        }

        @ParameterizedTest
        @CsvSource({"115, insufficient_credit", "0, insufficient_credit"})
        void anAnswerOfNoUseIsNotMade(long credit, String code) {
            account = new OneAccount(credit);

            Problem problem = refused(Calls.route("lower-cap", "also-the-clients"), CAP_OF_500);

            assertThat(problem.code()).isEqualTo(code);
            assertThat(problem.headers()).extracting(Object::toString).contains("x-should-retry=false");
        }

        @Test
        void aHundredAndSixteenIsJustOfUse() {
            account = new OneAccount(116);

            assertThat(admitted(Calls.route(), "").lowered()).isEqualTo(16);
        }
    }

    @Nested
    class ToldOfRefusedCalls {
        @Test
        void areThoseWhoMayBringCredit() {
            account = new OneAccount(115);
            refused(Calls.route(), CAP_OF_500);

            assertThat(told)
                    .containsExactly(new RefusedCall(account.id, Lack.INSUFFICIENT_CREDIT, Credits.ofMicros(600), 115));
        }

        @Test
        void withWhatTheClientWasTold() {
            account = new OneAccount(150);
            refused(Calls.route(), CAP_OF_500);
            account = new OneAccount(180);
            admitted(Calls.route(), "");
            refused(Calls.route(), "");

            assertThat(told)
                    .extracting(RefusedCall::lack)
                    .containsExactly(Lack.CALL_EXCEEDS_CREDIT, Lack.CREDIT_IN_USE);
        }

        @Test
        void areTheyOfNoneThatIsAdmittedShorter() {
            account = new OneAccount(150);
            admitted(Calls.route(), "");

            assertThat(told).isEmpty();
        }
    }

    @Nested
    class WhileOtherCallsHoldTheCredit {
        @Test
        void theCallIsToComeAgainIfTheyLeaveNothing() {
            account = new OneAccount(180);
            admitted(Calls.route(), "");

            Problem problem = refused(Calls.route(), "");

            assertThat(problem.code()).isEqualTo("credit_in_use");
            assertThat(problem.headers()).extracting(Object::toString).contains("Retry-After=1", "x-should-retry=true");
        }

        @Test
        void itIsLoweredToWhatTheyLeave() {
            admitted(Calls.route(), ",\"max_tokens\":750");

            OpenHold hold = admitted(Calls.route(), "");

            assertThat(hold.lowered()).isEqualTo(50);
            assertThat(account.held()).isEqualTo(1_000);
        }

        @Test
        void itIsLoweredOnceMoreIfAnotherCallWasFaster() {
            account = new OneAccount(190);
            List<AdmissionResult> results = new ArrayList<>();
            account.keepOnTheirWay();
            admission().admit(Calls.call(account.id, Calls.route(), "")).subscribe(results::add);
            account.arrive();
            holdBefore(60);

            account.arrive();
            account.arrive();

            OpenHold hold = ((Admitted) results.getFirst()).hold();
            assertThat(hold.lowered()).isEqualTo(30);
            assertThat(account.held()).isEqualTo(190);
            assertThat(account.heldBy(hold.id())).isEqualTo(130);
        }

        @Test
        void itIsRefusedAfterAFewTries() {
            account = new OneAccount(199);
            List<AdmissionResult> results = new ArrayList<>();
            account.keepOnTheirWay();
            admission().admit(Calls.call(account.id, Calls.route(), "")).subscribe(results::add);
            for (int i = 0; i < 3; i++) {
                account.arrive();
                holdBefore(20);
            }

            assertThat(results).singleElement().isInstanceOf(Refused.class);
            assertThat(account.onTheirWay()).isZero();
            assertThat(account.asked)
                    .extracting(HoldRequest::total)
                    .map(Credits::micros)
                    .containsSubsequence(200L, 199L, 179L);
            assertThat(account.held()).isEqualTo(60);
        }

        /** Another call's hold, which overtakes what is on its way. */
        private void holdBefore(long micros) {
            account.atOnce(new HoldRequest(account.id, HoldId.bornAt(1), Credits.ofMicros(micros), Calls.BOUNDS.ttl()));
        }
    }

    @Nested
    class OfAFrozenAccount {
        @Test
        void theCallIsRefusedWithWhatItWouldTakeAndWithoutAnOfferToPay() {
            account.freeze();

            Problem problem = refused(Calls.route(), CAP_OF_500);

            assertThat(problem.code()).isEqualTo("account_frozen");
            assertThat(problem.facts()).containsEntry("required", "0.0006").doesNotContainKey("top_up_url");
            assertThat(problem.headers())
                    .extracting(Object::toString)
                    .contains("Tollgate-Reason=account_frozen", "x-should-retry=false");
        }
    }

    @Nested
    class WhileTheStoreIsAway {
        @Test
        void aTryThatFailsCountsAsOneCallOnTrust() {
            account = new OneAccount(150);
            List<AdmissionResult> results = new ArrayList<>();
            account.keepOnTheirWay();
            Admission admission = admission();
            admission
                    .admit(Calls.call(account.id, Calls.route("when-redis-is-down", "allow"), ""))
                    .subscribe(results::add);

            account.goAway();
            account.arrive();

            assertThat(results)
                    .singleElement()
                    .isInstanceOfSatisfying(
                            Admitted.class,
                            on -> assertThat(on.hold().available())
                                    .as("nobody knows")
                                    .isNull());
        }
    }

    @Nested
    class WhoeverLeavesMeanwhile {
        @Test
        void leavesNothingHeldWhicheverTryWasUnderWay() {
            account = new OneAccount(150);
            account.keepOnTheirWay();
            Disposable client =
                    admission().admit(Calls.call(account.id, Calls.route(), "")).subscribe();
            account.arrive();

            client.dispose();
            account.arrive();
            account.arrive();

            assertThat(account.balance()).isEqualTo(new Balance(150, 0));
        }
    }

    private OpenHold admitted(Route route, String members) {
        return ((Admitted) admit(route, members)).hold();
    }

    private Problem refused(Route route, String members) {
        return ((Refused) admit(route, members)).problem();
    }

    private AdmissionResult admit(Route route, String members) {
        return requireNonNull(
                admission().admit(Calls.call(account.id, route, members)).block());
    }

    private Admission admission() {
        FlushProgress progress = new FlushProgress(new Partitions(16), _ -> new EventPosition(1, 0));
        return new Admission(
                account,
                Calls.settlements(account),
                new Backlog(progress, 1, System::nanoTime),
                new Refusals(PastLinks.links(), told::add),
                new Unheld(1, new SimpleMeterRegistry()),
                new StoreBreaker(Calls.BOUNDS.silence(), Clock.systemUTC(), new SimpleMeterRegistry()),
                Clock.systemUTC(),
                Calls.BOUNDS,
                new Exemptions(Set.of("staff")),
                lowered);
    }
}
