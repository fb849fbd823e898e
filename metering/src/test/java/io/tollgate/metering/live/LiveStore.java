package io.tollgate.metering.live;

import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.account.AccountRemoval;
import io.tollgate.metering.account.AccountSnapshot;
import io.tollgate.metering.account.BookedUpTo;
import io.tollgate.metering.account.LiveAccounts;
import io.tollgate.metering.command.LiveCommands;
import io.tollgate.metering.reservation.Reservations;
import io.tollgate.metering.usage.UsageEvent;
import java.util.List;

/** What a contract needs of a live store: its ports, its clock, and what stands behind it. */
public interface LiveStore {

    /** Few, so that accounts share them. */
    int PARTITIONS = 8;

    /** As the store is configured. */
    int MAX_OPEN_HOLDS = 150;

    Reservations reservations();

    LiveAccounts accounts();

    /** Puts an absent account in place, in whatever epoch its partition is. */
    LiveAccounts.Seeding seed(AccountSnapshot account);

    AccountRemoval removal();

    /** The last event of the account's partition. */
    BookedUpTo standing(AccountId account);

    LiveCommands commands();

    /** Makes the account known to the book behind the live store. */
    void book(AccountSnapshot account);

    /** Sets the time by which the live store judges. */
    void now(long millis);

    /** What the live store has decided on this account, oldest first. */
    List<UsageEvent> events(AccountId account);
}
