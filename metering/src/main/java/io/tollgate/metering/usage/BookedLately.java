package io.tollgate.metering.usage;

import io.tollgate.metering.account.AccountId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The accounts that this gateway has booked something of since they were last asked for, the one waiting longest first. Who wants to
 * hear of them has a bean of its own.
 */
public final class BookedLately {

    private final Set<AccountId> waiting = new LinkedHashSet<>();
    private final int most;
    private long passedOver;

    /** Beyond {@code most} accounts, more are passed over and only counted. */
    public BookedLately(int most) {
        this.most = most;
    }

    public synchronized void add(Collection<AccountId> accounts) {
        for (AccountId account : accounts) {
            if (waiting.size() < most) {
                waiting.add(account);
            } else if (!waiting.contains(account)) {
                passedOver++;
            }
        }
    }

    /** Those waiting longest; they wait no more. */
    public synchronized List<AccountId> take(int limit) {
        List<AccountId> taken = new ArrayList<>(Math.min(limit, waiting.size()));
        for (Iterator<AccountId> first = waiting.iterator(); first.hasNext() && taken.size() < limit; ) {
            taken.add(first.next());
            first.remove();
        }
        return taken;
    }

    public synchronized int size() {
        return waiting.size();
    }

    public synchronized long passedOver() {
        return passedOver;
    }
}
