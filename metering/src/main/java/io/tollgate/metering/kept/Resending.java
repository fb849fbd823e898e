package io.tollgate.metering.kept;

import io.tollgate.metering.reservation.EndResult;
import io.tollgate.metering.reservation.LateCharges;
import io.tollgate.metering.reservation.Reservations;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/** Sends a settle again: to the live store, or as a command where it has become too old for that. */
public final class Resending {

    private static final Logger LOG = LoggerFactory.getLogger(Resending.class);

    private final Reservations reservations;
    private final LateCharges lateCharges;
    private final KeptMeter meter;

    /** {@code reservations} keeps what it acknowledges. */
    public Resending(KeptReservations reservations, LateCharges lateCharges, KeptMeter meter) {
        this.reservations = reservations;
        this.lateCharges = lateCharges;
        this.meter = meter;
    }

    /** Completes once the settle need not be kept in its old place any longer. */
    Mono<Void> send(KeptSettle kept) {
        return reservations.end(kept.account(), kept.hold(), kept.settle()).flatMap(result -> switch (result) {
            case EndResult.Settled _ -> Mono.empty();
            case EndResult.TooLate _ -> lateCharges.charge(kept.account(), kept.hold(), kept.settle());
            case EndResult.NoSuchAccount _ -> lose(kept);
            case EndResult.Returned _, EndResult.NotDue _, EndResult.NoSuchHold _ ->
                Mono.error(new IllegalStateException("a settle was answered with " + result));
        });
    }

    private Mono<Void> lose(KeptSettle kept) {
        return Mono.fromRunnable(() -> {
            meter.lost();
            LOG.error("The settle of hold {} is lost: there is no account {}", kept.hold(), kept.account());
        });
    }
}
