package io.tollgate.metering.kept;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * A ring of settles. Keeping one is two atomic steps, so that calls of several event loops never wait for each other; where the
 * ring is full, the newest takes the place of the oldest. Only the loop that books and sends again looks through it.
 */
public final class KeptSettles {

    private static final int MOST = 1 << 24;

    private final AtomicReferenceArray<@Nullable KeptSettle> ring;
    private final int mask;
    private final AtomicLong next = new AtomicLong();
    private final AtomicLong dropped = new AtomicLong();

    /** One of them and its place. */
    record Slot(int index, KeptSettle kept) {}

    /** Room for {@code most}, rounded up to a power of two. */
    public KeptSettles(int most) {
        if (most < 1 || most > MOST) {
            throw new IllegalArgumentException("kept settles out of range [1, " + MOST + "]: " + most);
        }
        int size = most == 1 ? 1 : Integer.highestOneBit(most - 1) << 1;
        this.ring = new AtomicReferenceArray<>(size);
        this.mask = size - 1;
    }

    void keep(KeptSettle settle) {
        if (ring.getAndSet((int) next.getAndIncrement() & mask, settle) != null) {
            dropped.incrementAndGet();
        }
    }

    /** All that are there now. */
    List<Slot> all() {
        List<Slot> found = new ArrayList<>();
        for (int i = 0; i <= mask; i++) {
            KeptSettle settle = ring.getPlain(i);
            if (settle != null) {
                found.add(new Slot(i, settle));
            }
        }
        return found;
    }

    /** Forgets it, unless a newer one has taken its place. */
    void release(Slot slot) {
        ring.compareAndSet(slot.index(), slot.kept(), null);
    }

    int room() {
        return mask + 1;
    }

    long dropped() {
        return dropped.get();
    }
}
