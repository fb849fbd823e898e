package io.tollgate.gateway.admission;

import io.tollgate.metering.command.Command.LateCharge;
import io.tollgate.metering.command.Commands;
import io.tollgate.metering.command.Courier;
import io.tollgate.metering.reservation.Ending;
import io.tollgate.metering.reservation.HoldRequest;
import reactor.core.publisher.Mono;

/** Charges a call whose settle came too late for the live store to judge: as a command, unique by hold id, which the courier delivers. */
final class LateCharges {

    private final Commands commands;
    private final Courier courier;

    LateCharges(Commands commands, Courier courier) {
        this.commands = commands;
        this.courier = courier;
    }

    Mono<Void> charge(HoldRequest hold, Ending.Settle settle) {
        String id = hold.id().toString();
        return commands.issue(
                        hold.account(),
                        id,
                        new LateCharge(id, settle.actual(), settle.detail().encode()))
                .flatMap(courier::push)
                .then();
    }
}
