package io.tollgate.gateway.admission;

import io.micrometer.core.instrument.Counter;
import io.tollgate.gateway.admission.AdmissionResult.Admitted;
import io.tollgate.gateway.admission.AdmissionResult.Refused;
import io.tollgate.gateway.problem.Problem;
import io.tollgate.metering.account.Balance;
import io.tollgate.metering.reservation.HoldId;
import io.tollgate.metering.reservation.HoldResult;
import io.tollgate.metering.reservation.Reservations;
import io.tollgate.metering.store.StoreUnavailableException;
import io.tollgate.metering.usage.Backlog;
import java.time.Clock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Holds the most a call may cost, if need be for a shorter answer than was asked for, or says why not. */
public final class Admission {

    private final Reservations reservations;
    private final Settlements settlements;
    private final Backlog backlog;
    private final Refusals refusals;
    private final Unheld unheld;
    private final StoreBreaker breaker;
    private final Clock clock;
    private final AdmissionProperties bounds;
    private final Exemptions exemptions;
    private final Counter lowered;

    Admission(
            Reservations reservations,
            Settlements settlements,
            Backlog backlog,
            Refusals refusals,
            Unheld unheld,
            StoreBreaker breaker,
            Clock clock,
            AdmissionProperties bounds,
            Exemptions exemptions,
            Counter lowered) {
        this.reservations = reservations;
        this.settlements = settlements;
        this.backlog = backlog;
        this.refusals = refusals;
        this.unheld = unheld;
        this.breaker = breaker;
        this.clock = clock;
        this.bounds = bounds;
        this.exemptions = exemptions;
        this.lowered = lowered;
    }

    /** Holds credit for the call. If this is cancelled or fails half-way, what may have been held is released. */
    public Mono<AdmissionResult> admit(MeteredCall call) {
        if (settlements.full() || backlog.isFull()) {
            return Mono.just(new Refused(
                    Problem.of(503, "store_unavailable", "Too many calls wait to be booked. Try again shortly.")
                            .header("Retry-After", "2")));
        }
        return hold(
                new OpenHold(exemptions.applyTo(call), HoldId.bornAt(clock.millis()), settlements, bounds),
                bounds.lowerings());
    }

    /** What is decided is subscribed to last, so that a store that fails a later try is not taken for one that failed this. */
    private Mono<AdmissionResult> hold(OpenHold hold, int lowerings) {
        if (!breaker.mayAsk()) {
            return unheld.letThrough(hold, new StoreUnavailableException("the live store has not answered of late"));
        }
        return reservations
                .hold(hold.request())
                .doOnError(this::noteReply)
                .map(result -> decide(result, hold, lowerings))
                .onErrorResume(StoreUnavailableException.class, failure -> Mono.just(unavailable(hold, failure)))
                .flatMap(Function.identity())
                .doOnError(_ -> hold.releaseUnlessAnswered())
                .doOnCancel(() -> abandoned(hold));
    }

    /** A store that answers with an error has answered. */
    private void noteReply(Throwable failure) {
        if (!(failure instanceof StoreUnavailableException)) {
            breaker.answered();
        }
    }

    private Mono<AdmissionResult> unavailable(OpenHold hold, StoreUnavailableException failure) {
        breaker.unavailable(hold.id());
        return unheld.letThrough(hold, failure);
    }

    private void abandoned(OpenHold hold) {
        if (!hold.isAnswered()) {
            breaker.givenUp();
        }
        hold.releaseUnlessAnswered();
    }

    private Mono<AdmissionResult> decide(HoldResult result, OpenHold hold, int lowerings) {
        hold.answered();
        breaker.answered();
        return switch (result) {
            case HoldResult.Held held -> Mono.just(admitted(hold, held));
            case HoldResult.Refused(var balance) -> tooLittle(hold, balance, lowerings);
            case HoldResult.NotActive(var state) -> Mono.just(new Refused(refusals.notActive(hold, state)));
            case HoldResult.TooManyHolds(long limit) -> Mono.just(new Refused(refusals.tooManyCalls(limit)));
            case HoldResult.NoSuchAccount(var account) ->
                throw new IllegalStateException("an API key of an account that does not exist: " + account);
            case HoldResult.Ended() -> throw new IllegalStateException("a new hold has ended already: " + hold.id());
        };
    }

    private Admitted admitted(OpenHold hold, HoldResult.Held held) {
        hold.held(held.total(), held.after());
        if (hold.lowered() != null) {
            lowered.increment();
        }
        return new Admitted(hold);
    }

    /** A refusal has written nothing, so that the same hold may be asked for again, smaller. */
    private Mono<AdmissionResult> tooLittle(OpenHold hold, Balance balance, int lowerings) {
        @Nullable OpenHold shorter = lowerings > 0 ? hold.affordable(balance) : null;
        return shorter != null
                ? hold(shorter, lowerings - 1)
                : Mono.just(new Refused(refusals.tooLittle(hold, balance)));
    }
}
