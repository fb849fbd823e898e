package io.tollgate.metering.kept;

import io.tollgate.metering.account.Partitions;
import io.tollgate.metering.command.Command;
import io.tollgate.metering.command.Commands;
import io.tollgate.metering.command.Courier;
import io.tollgate.metering.reservation.EndResult;
import io.tollgate.metering.reservation.Reservations;
import io.tollgate.metering.usage.PartitionFlusher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/** Sends a settle again: to the live store, or as a command where it has become too old for that. */
public final class Resending {

    private static final Logger LOG = LoggerFactory.getLogger(Resending.class);

    private final Reservations reservations;
    private final Commands commands;
    private final Courier courier;
    private final PartitionFlusher flusher;
    private final Partitions partitions;
    private final KeptMeter meter;

    /** {@code reservations} keeps what it acknowledges. */
    public Resending(
            KeptReservations reservations,
            Commands commands,
            Courier courier,
            PartitionFlusher flusher,
            Partitions partitions,
            KeptMeter meter) {
        this.reservations = reservations;
        this.commands = commands;
        this.courier = courier;
        this.flusher = flusher;
        this.partitions = partitions;
        this.meter = meter;
    }

    /** Completes once the settle need not be kept in its old place any longer. */
    Mono<Void> send(KeptSettle kept) {
        return reservations.end(kept.account(), kept.hold(), kept.settle()).flatMap(result -> switch (result) {
            case EndResult.Settled _ -> Mono.empty();
            case EndResult.TooLate _ -> chargeLate(kept);
            case EndResult.NoSuchAccount _ -> lose(kept);
            case EndResult.Returned _, EndResult.NotDue _, EndResult.NoSuchHold _ ->
                Mono.error(new IllegalStateException("a settle was answered with " + result));
        });
    }

    // Flushed first: where the book was away for longer than tombstones live, the charge may still be in the stream.
    private Mono<Void> chargeLate(KeptSettle kept) {
        String id = kept.hold().toString();
        Command charge = new Command.LateCharge(
                id, kept.settle().actual(), kept.settle().detail().encode());
        return flusher.flush(partitions.of(kept.account()))
                .then(Mono.defer(() -> commands.issue(kept.account(), id, charge)))
                .flatMap(courier::push);
    }

    private Mono<Void> lose(KeptSettle kept) {
        return Mono.fromRunnable(() -> {
            meter.lost();
            LOG.error("The settle of hold {} is lost: there is no account {}", kept.hold(), kept.account());
        });
    }
}
