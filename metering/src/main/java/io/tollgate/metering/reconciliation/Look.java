package io.tollgate.metering.reconciliation;

import io.tollgate.metering.account.AccountId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One look at one account: live store, book, live store again.
 *
 * @param verdict whether the figures are of the same point of the account's history
 * @param drifts what differs; may still be the looking's own fault
 */
record Look(AccountId account, Verdict verdict, List<Drift> drifts) {

    enum Verdict {
        COMPARED,
        /** The live store is ahead of the book. */
        NOT_BOOKED_YET,
        /** Something happened while one looked, or the live store could not be read. */
        MOVING
    }

    /** {@code before} null for an account that is not in the live store. */
    static Look at(BookedFigures booked, @Nullable LiveFigures before, @Nullable LiveFigures after) {
        AccountId account = booked.account();
        List<Drift> drifts = new ArrayList<>(Comparison.of(booked));
        if (before == null || booked.standing() == BookedFigures.Standing.QUARANTINED) {
            return new Look(account, Verdict.COMPARED, drifts);
        }
        if (after == null || !before.standsLike(after)) {
            return new Look(account, Verdict.MOVING, List.of());
        }
        if (!after.isBookedBy(booked.upTo())) {
            return new Look(account, Verdict.NOT_BOOKED_YET, List.of());
        }
        drifts.addAll(Comparison.of(account, after));
        drifts.addAll(Comparison.of(after, booked));
        return new Look(account, Verdict.COMPARED, drifts);
    }

    Look with(List<Drift> more) {
        List<Drift> all = new ArrayList<>(drifts);
        all.addAll(more);
        return new Look(account, verdict, all);
    }

    static Look unreadable(AccountId account) {
        return new Look(account, Verdict.MOVING, List.of());
    }

    boolean isClean() {
        return verdict == Verdict.COMPARED && drifts.isEmpty();
    }
}
