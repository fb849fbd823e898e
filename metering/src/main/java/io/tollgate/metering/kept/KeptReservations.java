package io.tollgate.metering.kept;

import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.account.Partition;
import io.tollgate.metering.account.Partitions;
import io.tollgate.metering.recovery.Epoch;
import io.tollgate.metering.recovery.Epochs;
import io.tollgate.metering.reservation.EndResult;
import io.tollgate.metering.reservation.Ending;
import io.tollgate.metering.reservation.HoldId;
import io.tollgate.metering.reservation.HoldRequest;
import io.tollgate.metering.reservation.HoldResult;
import io.tollgate.metering.reservation.Reservations;
import io.tollgate.metering.usage.EventPosition;
import reactor.core.publisher.Mono;

/** Keeps every settle that the live store acknowledges. */
public final class KeptReservations implements Reservations {

    private final Reservations reservations;
    private final KeptSettles kept;
    private final Epochs epochs;
    private final Partitions partitions;

    public KeptReservations(Reservations reservations, KeptSettles kept, Epochs epochs, Partitions partitions) {
        this.reservations = reservations;
        this.kept = kept;
        this.epochs = epochs;
        this.partitions = partitions;
    }

    @Override
    public Mono<HoldResult> hold(HoldRequest request) {
        return reservations.hold(request);
    }

    @Override
    public Mono<EndResult> end(AccountId account, HoldId hold, Ending ending) {
        return ending instanceof Ending.Settle settle
                ? Mono.defer(() -> settle(account, hold, settle))
                : reservations.end(account, hold, ending);
    }

    private Mono<EndResult> settle(AccountId account, HoldId hold, Ending.Settle settle) {
        Partition partition = partitions.of(account);
        long epoch = epochs.of(partition).epoch();
        return reservations.end(account, hold, settle).doOnNext(result -> {
            if (result instanceof EndResult.Settled) {
                EventPosition position = acknowledged(epoch, epochs.of(partition));
                kept.keep(new KeptSettle(account, hold, settle, position, System.nanoTime()));
            }
        });
    }

    // The answer has told the head, which stands at the settle's event or behind it. Where the partition was recovered
    // meanwhile,
    // the older epoch is the safe one: whether the settle is there will be looked up.
    private static EventPosition acknowledged(long epochBefore, Epoch now) {
        return now.epoch() == epochBefore
                ? new EventPosition(epochBefore, now.seen())
                : new EventPosition(epochBefore, Long.MAX_VALUE);
    }
}
