package io.tollgate.metering.usage;

import static java.util.Objects.requireNonNull;

import io.tollgate.metering.command.Command;
import io.tollgate.metering.ledger.LedgerTransaction;
import io.tollgate.metering.usage.BookState.CommandState;
import io.tollgate.metering.usage.BookState.LotState;
import io.tollgate.metering.usage.BookState.Position;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How a batch is made to fit the book. */
sealed interface Fitting {

    /** The event as it is to be booked. */
    UsageEvent fit(UsageEvent event, @Nullable CommandState command, Position position, Map<Long, LotState> lots);

    /** Whether commands' effects that the book has otherwise, or cannot have yet, are left out; else they are contradictions. */
    boolean passesOver();

    /** The ledger transaction under a cause that it shares with no other. */
    LedgerTransaction named(LedgerTransaction booked);

    /** Not at all: within an epoch both stores have the same history. */
    record AsItIs() implements Fitting {

        @Override
        public UsageEvent fit(
                UsageEvent event, @Nullable CommandState command, Position position, Map<Long, LotState> lots) {
            return event;
        }

        @Override
        public boolean passesOver() {
            return false;
        }

        @Override
        public LedgerTransaction named(LedgerTransaction booked) {
            return booked;
        }
    }

    /**
     * By {@link Reapportioning}: the book has another history.
     *
     * @param occasion made part of causes, since positions may have been used twice
     */
    record ToTheBook(String occasion) implements Fitting {

        @Override
        public UsageEvent fit(
                UsageEvent event, @Nullable CommandState command, Position position, Map<Long, LotState> lots) {
            Map<Long, LotState> own = new HashMap<>(lots);
            own.values()
                    .removeIf(lot -> !lot.account().equals(event.account())
                            || lot.remaining().isZero());
            List<LotShare> left = new ArrayList<>(own.size());
            for (long grant : BurnOrder.of(own.keySet(), own)) {
                LotState lot = requireNonNull(own.get(grant));
                left.add(new LotShare(grant, lot.remaining()));
            }
            return new Reapportioning(position.debtMicros(), left).fit(event, granted(command));
        }

        private static long granted(@Nullable CommandState command) {
            return switch (command == null ? null : command.command()) {
                case Command.Grant grant -> grant.grant();
                case Command.ReplaceAllowance replacement ->
                    replacement.allowance().grant();
                case null, default -> 0;
            };
        }

        @Override
        public boolean passesOver() {
            return true;
        }

        @Override
        public LedgerTransaction named(LedgerTransaction booked) {
            return booked.kind() == LedgerTransaction.Kind.GRANT
                    ? booked
                    : new LedgerTransaction(
                            booked.kind(), booked.cause() + "/" + occasion, booked.account(), booked.entries());
        }
    }
}
