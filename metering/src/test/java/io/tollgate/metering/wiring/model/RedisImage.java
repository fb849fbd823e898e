package io.tollgate.metering.wiring.model;

import io.tollgate.metering.reservation.HoldId;
import java.util.List;
import java.util.Map;

/**
 * All keys of one partition as Redis had them: what a restart without the last writes brings back.
 *
 * @param serial rises with each image
 * @param told how many ends clients had been told of
 * @param open the holds that were open, as clients were told
 */
record RedisImage(List<Entry> entries, long serial, int told, Map<Wallet, Map<HoldId, Wallet.Open>> open) {

    static final RedisImage EMPTY = new RedisImage(List.of(), 0, 0, Map.of());

    @SuppressWarnings("ArrayRecordComponent") // compared by nobody
    record Entry(String key, byte[] value) {}
}
