package io.tollgate.metering.usage;

import io.tollgate.metering.credit.Credits;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes events fit an account as the book has it, where the live store decided them on a history that the book does not share:
 * one of the stores has lost something. How much was charged or given stays; who bears it is decided anew where it no longer
 * fits. Lots pay in burn order and the rest is debt; a grant pays debt first. Nothing expires but what a new allowance
 * replaces or a command ends, and that by no more than the lot has: the account is seeded anew, and what is overdue expires at its next touch, once,
 * even if both histories have let it expire.
 *
 * @param debtMicros what the account owes
 * @param lots what its lots have left, in burn order
 */
public record Reapportioning(long debtMicros, List<LotShare> lots) {

    public Reapportioning {
        lots = List.copyOf(lots);
    }

    /**
     * The event with shares, debt and position that the book can take.
     *
     * @param grant the grant that the event's command delivers, 0 for none
     */
    public UsageEvent fit(UsageEvent event, long grant) {
        return switch (event.kind()) {
            case GRANTED, ALLOWANCE_REPLACED, ALLOWANCES_ENDED -> given(event, grant);
            case SETTLED, RELEASED, EXPIRED, CHARGED, CLAWED_BACK, LOTS_EXPIRED, FROZEN, THAWED, CLOSED ->
                charged(event);
        };
    }

    private UsageEvent charged(UsageEvent event) {
        Map<Long, Long> left = left();
        long charged = event.charged().micros();
        boolean sharesStand = fits(event, left) || event.kind() == UsageEvent.Kind.CLAWED_BACK;
        List<LotShare> paid = sharesStand ? taken(event.lots(), left) : burned(charged, left);
        long debt = Math.min(charged - LotShare.sum(paid), Credits.MICROS_MAX - debtMicros);
        long uncollected = charged - LotShare.sum(paid) - debt;
        return new UsageEvent(
                event.position(),
                event.kind(),
                event.id(),
                event.account(),
                event.held(),
                Credits.ofMicros(charged - uncollected),
                Credits.ofMicros(Math.min(event.uncollected().micros() + uncollected, Credits.MICROS_MAX)),
                paid,
                List.of(),
                debt,
                posted() - LotShare.sum(paid) - debt,
                event.command(),
                event.atMillis(),
                event.detail());
    }

    private UsageEvent given(UsageEvent event, long grant) {
        List<LotShare> expired = taken(event.expired(), left());
        long amount = LotShare.of(grant, event.lots()) - event.debtChangeMicros();
        long repaid = Math.min(amount, debtMicros);
        List<LotShare> filled = new ArrayList<>(event.lots());
        filled.removeIf(share -> share.grant() == grant);
        if (amount > repaid) {
            filled.addFirst(new LotShare(grant, Credits.ofMicros(amount - repaid)));
        }
        return new UsageEvent(
                event.position(),
                event.kind(),
                event.id(),
                event.account(),
                event.held(),
                event.charged(),
                event.uncollected(),
                filled,
                expired,
                -repaid,
                posted() + amount - LotShare.sum(expired),
                event.command(),
                event.atMillis(),
                event.detail());
    }

    private Map<Long, Long> left() {
        Map<Long, Long> left = LinkedHashMap.newLinkedHashMap(lots.size());
        for (LotShare lot : lots) {
            left.put(lot.grant(), lot.amount().micros());
        }
        return left;
    }

    private long posted() {
        return LotShare.sum(lots) - debtMicros;
    }

    private static boolean fits(UsageEvent event, Map<Long, Long> left) {
        return event.lots().stream().allMatch(share -> share.amount().micros() <= left.getOrDefault(share.grant(), 0L));
    }

    /** Takes what is asked of each lot, or what it has. */
    private static List<LotShare> taken(List<LotShare> shares, Map<Long, Long> left) {
        List<LotShare> taken = new ArrayList<>(shares.size());
        for (LotShare share : shares) {
            take(share.grant(), share.amount().micros(), left, taken);
        }
        return taken;
    }

    private static List<LotShare> burned(long amount, Map<Long, Long> left) {
        List<LotShare> taken = new ArrayList<>(2);
        long unpaid = amount;
        for (long grant : left.keySet()) {
            unpaid -= take(grant, unpaid, left, taken);
        }
        return taken;
    }

    private static long take(long grant, long wanted, Map<Long, Long> left, List<LotShare> taken) {
        long has = left.getOrDefault(grant, 0L);
        long takes = Math.min(wanted, has);
        if (takes > 0) {
            taken.add(new LotShare(grant, Credits.ofMicros(takes)));
        }
        return takes;
    }
}
