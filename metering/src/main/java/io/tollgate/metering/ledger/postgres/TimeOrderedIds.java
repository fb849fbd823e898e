package io.tollgate.metering.ledger.postgres;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** UUIDs of version 7 (RFC 9562 §5.7): new rows land at the end of their index. */
final class TimeOrderedIds {

    private TimeOrderedIds() {}

    static List<UUID> next(int count) {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        long now = System.currentTimeMillis();
        List<UUID> ids = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            long high = (now << 16) | 0x7000 | (random.nextInt() & 0xFFF);
            long low = (random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
            ids.add(new UUID(high, low));
        }
        return ids;
    }
}
