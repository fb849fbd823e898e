package io.tollgate.gateway.admission;

import io.tollgate.gateway.admission.AdmissionResult.Admitted;
import io.tollgate.gateway.admission.AdmissionResult.Refused;
import io.tollgate.gateway.problem.Problem;
import io.tollgate.metering.reservation.HoldId;
import io.tollgate.metering.reservation.HoldRequest;
import io.tollgate.metering.reservation.HoldResult;
import io.tollgate.metering.reservation.Reservations;
import io.tollgate.metering.store.StoreUnavailableException;
import io.tollgate.metering.usage.Backlog;
import java.time.Clock;
import java.time.Duration;
import reactor.core.publisher.Mono;

/** Holds the most a call may cost, or says why not. */
public final class Admission {

    private final Reservations reservations;
    private final Settlements settlements;
    private final Backlog backlog;
    private final Refusals refusals;
    private final Unheld unheld;
    private final Clock clock;
    private final Duration holdTtl;

    Admission(
            Reservations reservations,
            Settlements settlements,
            Backlog backlog,
            Refusals refusals,
            Unheld unheld,
            Clock clock,
            Duration holdTtl) {
        this.reservations = reservations;
        this.settlements = settlements;
        this.backlog = backlog;
        this.refusals = refusals;
        this.unheld = unheld;
        this.clock = clock;
        this.holdTtl = holdTtl;
    }

    /** Holds credit for the call. If this is cancelled or fails half-way, what may have been held is released. */
    public Mono<AdmissionResult> admit(MeteredCall call) {
        if (settlements.full() || backlog.isFull()) {
            return Mono.just(new Refused(
                    Problem.of(503, "store_unavailable", "Too many calls wait to be booked. Try again shortly.")
                            .header("Retry-After", "2")));
        }
        Estimate estimate = Estimate.of(call.request(), call.route(), call.model());
        HoldRequest request =
                new HoldRequest(call.key().account(), HoldId.bornAt(clock.millis()), estimate.ceiling(), holdTtl);
        OpenHold hold = new OpenHold(call, estimate, request, settlements);
        return reservations
                .hold(request)
                .map(result -> decide(result, hold))
                .onErrorResume(StoreUnavailableException.class, failure -> unheld.letThrough(hold, failure))
                .doOnError(_ -> hold.releaseUnlessAnswered())
                .doOnCancel(hold::releaseUnlessAnswered);
    }

    private AdmissionResult decide(HoldResult result, OpenHold hold) {
        hold.answered();
        return switch (result) {
            case HoldResult.Held _ -> new Admitted(hold);
            case HoldResult.Refused(var balance) -> new Refused(refusals.tooLittle(hold, balance));
            case HoldResult.NotActive(var state) -> new Refused(refusals.notActive(hold, state));
            case HoldResult.TooManyHolds(long limit) -> new Refused(refusals.tooManyCalls(limit));
            case HoldResult.NoSuchAccount(var account) ->
                throw new IllegalStateException("an API key of an account that does not exist: " + account);
            case HoldResult.Ended() -> throw new IllegalStateException("a new hold has ended already: " + hold.id());
        };
    }
}
