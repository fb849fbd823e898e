package io.tollgate.sandbox.ai;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the simulator delivered, the newest of it one by one, all of it in totals. Safe for any thread. */
public final class Deliveries {
    /** Where totals of answers without {@code Tollgate-Account} go. */
    public static final String NO_ACCOUNT = "";
    /** Where totals go once {@value #MOST_ACCOUNTS} accounts have their own. */
    public static final String OTHER_ACCOUNTS = "(other)";

    private static final int MOST_ACCOUNTS = 2_000_000;
    private static final int FIRST_CAPACITY = 1_024;

    private final int kept;
    private final Map<String, DeliveryTotals> byAccount = new HashMap<>();
    private DeliveryTotals totals = DeliveryTotals.NONE;
    private @Nullable Delivery[] ring = new @Nullable Delivery[FIRST_CAPACITY];
    private long last;

    Deliveries(int kept) {
        this.kept = kept;
    }

    synchronized Delivery add(Delivery delivery) {
        if (last - forgotten() == ring.length && ring.length < kept) {
            grow();
        }
        Delivery numbered = delivery.numbered(++last);
        ring[slot(last)] = numbered;
        totals = totals.plus(numbered);
        byAccount.merge(key(numbered), DeliveryTotals.NONE.plus(numbered), (sum, one) -> sum.plus(numbered));
        return numbered;
    }

    /** Replaces an entry that turned out wrong, unless everything was forgotten meanwhile. */
    synchronized void correct(Delivery wrong, Delivery right) {
        long sequence = wrong.sequence();
        if (sequence > last || !wrong.equals(ring[slot(sequence)])) {
            return;
        }
        Delivery corrected = right.numbered(sequence);
        ring[slot(sequence)] = corrected;
        totals = totals.minus(wrong).plus(corrected);
        byAccount.computeIfPresent(
                key(wrong), (account, sum) -> sum.minus(wrong).plus(corrected));
    }

    /** In order; at most {@code limit} of those after a sequence number. */
    public synchronized List<Delivery> since(long sequence, int limit) {
        List<Delivery> page = new ArrayList<>();
        for (long next = Math.max(sequence, forgotten()) + 1; next <= last && page.size() < limit; next++) {
            Delivery delivery = ring[slot(next)];
            if (delivery != null) {
                page.add(delivery);
            }
        }
        return page;
    }

    /** Those of one gateway call: several where it was tried again. */
    public synchronized List<Delivery> of(String requestId) {
        return since(0, Integer.MAX_VALUE).stream()
                .filter(delivery -> requestId.equals(delivery.requestId()))
                .toList();
    }

    public synchronized DeliveryTotals totals() {
        return totals;
    }

    public synchronized DeliveryTotals totals(String account) {
        return byAccount.getOrDefault(account, DeliveryTotals.NONE);
    }

    public synchronized Map<String, DeliveryTotals> totalsByAccount() {
        return Map.copyOf(byAccount);
    }

    /** How many are in the totals but no longer kept. */
    public synchronized long dropped() {
        return forgotten();
    }

    /** Forgets everything; sequence numbers start over. */
    public synchronized void reset() {
        byAccount.clear();
        totals = DeliveryTotals.NONE;
        ring = new @Nullable Delivery[FIRST_CAPACITY];
        last = 0;
    }

    private String key(Delivery delivery) {
        String account = delivery.account() == null ? NO_ACCOUNT : delivery.account();
        return byAccount.containsKey(account) || byAccount.size() < MOST_ACCOUNTS ? account : OTHER_ACCOUNTS;
    }

    private long forgotten() {
        return Math.max(0, last - Math.min(kept, ring.length));
    }

    private int slot(long sequence) {
        return (int) ((sequence - 1) % ring.length);
    }

    // Never after the ring has turned: it grows whenever it is full and may, so slots stay where they are.
    private void grow() {
        ring = Arrays.copyOf(ring, (int) Math.min(kept, ring.length * 2L));
    }
}
