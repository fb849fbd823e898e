package io.tollgate.metering.account;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/**
 * Maps accounts to partitions. The count is fixed at installation: changing it later would look for accounts where they
 * are not.
 */
public record Partitions(int count) {

    public Partitions {
        if (count < 1 || count > 16_384) {
            throw new IllegalArgumentException("partitions out of range [1, 16384]: " + count);
        }
    }

    public Partition of(AccountId account) {
        CRC32C crc = new CRC32C();
        crc.update(account.value().getBytes(US_ASCII));
        return new Partition((int) (crc.getValue() % count));
    }

    public Stream<Partition> all() {
        return IntStream.range(0, count).mapToObj(Partition::new);
    }
}
