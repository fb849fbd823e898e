package io.tollgate.gateway.admission;

import io.tollgate.metering.account.Partitions;
import io.tollgate.metering.command.Command.LateCharge;
import io.tollgate.metering.command.Commands;
import io.tollgate.metering.command.Courier;
import io.tollgate.metering.reservation.Ending;
import io.tollgate.metering.reservation.HoldRequest;
import io.tollgate.metering.usage.PartitionFlusher;
import reactor.core.publisher.Mono;

/**
 * Charges a call whose settle came too late for the live store to judge: as a command, unique by hold id, which the courier delivers. A settle that
 * had taken effect and was only not answered is in the book once the stream is booked, and then charges nothing more.
 */
final class LateCharges {

    private final Commands commands;
    private final Courier courier;
    private final PartitionFlusher flusher;
    private final Partitions partitions;

    LateCharges(Commands commands, Courier courier, PartitionFlusher flusher, Partitions partitions) {
        this.commands = commands;
        this.courier = courier;
        this.flusher = flusher;
        this.partitions = partitions;
    }

    Mono<Void> charge(HoldRequest hold, Ending.Settle settle) {
        String id = hold.id().toString();
        LateCharge command = new LateCharge(id, settle.actual(), settle.detail().encode());
        return flusher.flush(partitions.of(hold.account()))
                .then(Mono.defer(() -> commands.issue(hold.account(), id, command)))
                .flatMap(courier::push)
                .then();
    }
}
