package io.tollgate.metering.usage.postgres;

import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.command.Command;
import io.tollgate.metering.command.Commands;
import io.tollgate.metering.command.IssuedCommand;
import io.tollgate.metering.postgres.HoldDay;
import io.tollgate.metering.usage.LotShare;
import io.tollgate.metering.usage.PartitionEntries;
import io.tollgate.metering.usage.UsageEntry;
import io.tollgate.metering.usage.UsageEntry.Illegible;
import io.tollgate.metering.usage.UsageEntry.Legible;
import io.tollgate.metering.usage.UsageEvent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Everything that a batch names, as arrays to look up. */
final class BatchKeys {

    private final Set<String> accounts = new HashSet<>();
    private final Set<Long> grants = new HashSet<>();
    private final List<Commands.Place> commands = new ArrayList<>();
    private final List<UUID> holds = new ArrayList<>();
    private final List<UUID> givenBack = new ArrayList<>();
    private final List<UsageEvent> expiries = new ArrayList<>();

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

    /** In order: that in which rows are locked. */
    String[] accounts() {
        String[] all = accounts.toArray(String[]::new);
        Arrays.sort(all);
        return all;
    }

    /** Those named by events, and those that the commands name. */
    Long[] grants(Collection<IssuedCommand> issued) {
        Set<Long> all = new HashSet<>(grants);
        for (IssuedCommand command : issued) {
            switch (command.command()) {
                case Command.Grant grant -> all.add(grant.grant());
                case Command.ReplaceAllowance replacement -> {
                    all.add(replacement.allowance().grant());
                    all.addAll(replacement.replaced());
                }
                case Command.EndAllowances(List<Long> ended) -> all.addAll(ended);
                case Command.Clawback _, Command.LateCharge _, Command.Freeze _, Command.Thaw _, Command.Close _ -> {}
            }
        }
        return all.toArray(Long[]::new);
    }

    List<Commands.Place> commands() {
        return commands;
    }

    /** All holds that ended, or those only that ended without a charge. */
    UUID[] holds(DuplicateCheck duplicates) {
        return (duplicates == DuplicateCheck.BEFORE ? holds : givenBack).toArray(UUID[]::new);
    }

    /** Events with which something expired. */
    List<UsageEvent> expiries(DuplicateCheck duplicates) {
        return duplicates == DuplicateCheck.BEFORE ? expiries : List.of();
    }

    private void add(UsageEvent event) {
        accounts.add(event.account().value());
        addGrants(event.lots());
        addGrants(event.expired());
        if (!event.expired().isEmpty()) {
            expiries.add(event);
        }
        if (event.command() > 0) {
            commands.add(new Commands.Place(event.account(), event.command()));
        } else if (event.kind() != UsageEvent.Kind.LOTS_EXPIRED) {
            addHold(event);
        }
    }

    private void addGrants(List<LotShare> shares) {
        for (LotShare share : shares) {
            grants.add(share.grant());
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
            if (event.kind() != UsageEvent.Kind.SETTLED) {
                givenBack.add(hold);
            }
        }
    }
}
