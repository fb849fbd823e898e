package io.tollgate.metering.reservation;

import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.account.Partitions;
import io.tollgate.metering.command.Command.LateCharge;
import io.tollgate.metering.command.Commands;
import io.tollgate.metering.command.Courier;
import io.tollgate.metering.usage.PartitionFlusher;
import reactor.core.publisher.Mono;

/**
 * Charges a call whose settle came too late for the live store to judge: as a command, unique by hold id, which the courier delivers. A settle that
 * had taken effect and was only not answered is in the book once the stream is booked, and then charges nothing more.
 */
public final class LateCharges {

    private final Commands commands;
    private final Courier courier;
    private final PartitionFlusher flusher;
    private final Partitions partitions;

    public LateCharges(Commands commands, Courier courier, PartitionFlusher flusher, Partitions partitions) {
        this.commands = commands;
        this.courier = courier;
        this.flusher = flusher;
        this.partitions = partitions;
    }

    /** Completes once the command is issued and pushed, or found needless. Charging the same hold again changes nothing. */
    public Mono<Void> charge(AccountId account, HoldId hold, Ending.Settle settle) {
        String id = hold.toString();
        LateCharge command = new LateCharge(id, settle.actual(), settle.detail().encode());
        return flusher.flush(partitions.of(account))
                .then(Mono.defer(() -> commands.issue(account, id, command)))
                .flatMap(courier::push)
                .then();
    }
}
