package io.tollgate.metering.wiring.model;

import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.account.Partition;
import io.tollgate.metering.command.IssuedCommand;
import io.tollgate.metering.reservation.Ending;
import io.tollgate.metering.reservation.HoldId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a run knows of one account beside its credit, which the model keeps. */
final class Wallet {

    private static final int RECENT = 24;
    private static final int JOURNAL = 60;

    /** An open hold, as clients were told. */
    record Open(long total, long deadline) {}

    final AccountId id;
    final Partition partition;
    final List<IssuedCommand> issued = new ArrayList<>();
    final List<Long> paidGrants = new ArrayList<>();
    final List<Long> allowances = new ArrayList<>();
    final List<HoldId> recent = new ArrayList<>();
    final Deque<String> journal = new ArrayDeque<>();
    final Map<HoldId, Ending.Settle> settles = new HashMap<>();

    /** Holds with a tombstone that a loss has brought back, from before they were charged. */
    final Set<HoldId> returnedBefore = new HashSet<>();

    Map<HoldId, Open> open = new HashMap<>();

    /** Whether Redis does not have it, so that the next use loads it and applies every command that waits. */
    boolean absent = true;

    Wallet(AccountId id, Partition partition) {
        this.id = id;
        this.partition = partition;
    }

    void remember(HoldId hold) {
        if (recent.size() == RECENT) {
            recent.removeFirst();
        }
        recent.add(hold);
    }

    void note(String line) {
        if (journal.size() == JOURNAL) {
            journal.removeFirst();
        }
        journal.addLast(line);
    }

    @Override
    public String toString() {
        return id.value();
    }
}
