package io.tollgate.metering.recovery;

import io.tollgate.metering.account.Partition;
import io.tollgate.metering.account.Partitions;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * What this gateway has been told of every partition: it is a witness of what the live store acknowledged. Lock-free; only ever
 * moves forward.
 */
public final class Epochs {

    /** Epoch and number share a long, so that they are read together: a trillion events in each of 16 million epochs. */
    private static final int NUMBER_BITS = 40;

    private static final long NUMBER_MASK = (1L << NUMBER_BITS) - 1;

    private final AtomicLongArray told;

    public Epochs(Partitions partitions) {
        this.told = new AtomicLongArray(partitions.count());
    }

    /** {@link Epoch#NONE} as long as nothing is known. */
    public Epoch of(Partition partition) {
        long packed = told.get(partition.number());
        return packed == 0 ? Epoch.NONE : new Epoch(packed >>> NUMBER_BITS, packed & NUMBER_MASK);
    }

    /** The live store has acknowledged the epoch's event {@code number}. */
    public void saw(Partition partition, long epoch, long number) {
        long packed = (epoch << NUMBER_BITS) | number;
        int index = partition.number();
        long before = told.get(index);
        while (packed > before && !told.compareAndSet(index, before, packed)) {
            before = told.get(index);
        }
    }
}
