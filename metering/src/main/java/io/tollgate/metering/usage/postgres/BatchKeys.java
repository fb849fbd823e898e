package io.tollgate.metering.usage.postgres;

import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.usage.LotShare;
import io.tollgate.metering.usage.PartitionEntries;
import io.tollgate.metering.usage.UsageEntry;
import io.tollgate.metering.usage.UsageEntry.Illegible;
import io.tollgate.metering.usage.UsageEntry.Legible;
import io.tollgate.metering.usage.UsageEvent;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/** Everything that a batch names, as arrays to look up. */
final class BatchKeys {

    private final Set<String> accounts = new TreeSet<>();
    private final Set<Long> grants = new HashSet<>();
    private final List<String> commandAccounts = new ArrayList<>();
    private final List<Long> commandNumbers = new ArrayList<>();
    private final List<UUID> holds = new ArrayList<>();
    private final List<String> holdKinds = new ArrayList<>();

    static BatchKeys of(List<PartitionEntries> batch) {
        BatchKeys keys = new BatchKeys();
        for (PartitionEntries read : batch) {
            for (UsageEntry entry : read.entries()) {
                switch (entry) {
                    case Legible(UsageEvent event) -> keys.add(event);
                    case Illegible illegible -> keys.addAccount(illegible.account());
                }
            }
        }
        return keys;
    }

    String[] accounts() {
        return accounts.toArray(String[]::new);
    }

    Long[] grants() {
        return grants.toArray(Long[]::new);
    }

    String[] commandAccounts() {
        return commandAccounts.toArray(String[]::new);
    }

    Long[] commandNumbers() {
        return commandNumbers.toArray(Long[]::new);
    }

    UUID[] holds() {
        return holds.toArray(UUID[]::new);
    }

    String[] holdKinds() {
        return holdKinds.toArray(String[]::new);
    }

    Integer[] holdDays() {
        return holds.stream().map(HoldDay::of).toArray(Integer[]::new);
    }

    private void add(UsageEvent event) {
        accounts.add(event.account().value());
        for (LotShare share : event.lots()) {
            grants.add(share.grant());
        }
        if (event.command() > 0) {
            commandAccounts.add(event.account().value());
            commandNumbers.add(event.command());
        } else {
            addHold(event);
        }
    }

    private void addAccount(String account) {
        if (AccountId.isAllowed(account)) {
            accounts.add(account);
        }
    }

    // What is no hold's id is for the quarantine.
    private void addHold(UsageEvent event) {
        UUID hold = HoldDay.parse(event.id());
        if (hold != null) {
            holds.add(hold);
            holdKinds.add(event.kind().name());
        }
    }
}
