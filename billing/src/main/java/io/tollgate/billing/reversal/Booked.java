package io.tollgate.billing.reversal;

import io.tollgate.metering.command.IssuedCommand;
import java.util.List;

/**
 * What there was to write down; nothing if the book had it all.
 *
 * @param commands to be pushed, in this order
 */
public record Booked(List<Change> changes, List<IssuedCommand> commands) {

    public static final Booked NOTHING = new Booked(List.of(), List.of());

    public Booked {
        changes = List.copyOf(changes);
        commands = List.copyOf(commands);
    }
}
