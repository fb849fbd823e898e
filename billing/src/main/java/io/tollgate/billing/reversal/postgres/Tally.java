package io.tollgate.billing.reversal.postgres;

import io.tollgate.billing.reversal.Booked;
import io.tollgate.billing.reversal.Change;
import io.tollgate.metering.command.IssuedCommand;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Gathers what one SQL transaction has done. Not for several threads at once. */
final class Tally {

    private final List<Change> changes = new ArrayList<>();
    private final List<IssuedCommand> commands = new ArrayList<>();

    void add(Change change) {
        changes.add(change);
    }

    void add(IssuedCommand command) {
        commands.add(command);
    }

    /** The refund or dispute that was written down last, null if none was. */
    @Nullable
    String subject() {
        return changes.reversed().stream()
                .map(Tally::subject)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private static @Nullable String subject(Change change) {
        return switch (change) {
            case Change.OfRefund(String refund, var _, var _) -> refund;
            case Change.OfDispute(String dispute, var _, var _, var _) -> dispute;
            case Change.Taken _, Change.GivenBack _, Change.Frozen _, Change.Thawed _ -> null;
        };
    }

    Booked booked() {
        return changes.isEmpty() && commands.isEmpty() ? Booked.NOTHING : new Booked(changes, commands);
    }
}
