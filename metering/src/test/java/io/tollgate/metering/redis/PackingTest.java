package io.tollgate.metering.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PackingTest {

    @ParameterizedTest
    @ValueSource(
            longs = {
                0,
                1,
                0x7F,
                0x80,
                0xFF,
                0xFFFF,
                0x1_0000,
                0xFFFF_FFFFL,
                0x1_0000_0000L,
                Long.MAX_VALUE,
                -1,
                Long.MIN_VALUE
            })
    void numbersAreReadAsTheyWere(long number) {
        assertThat(unpacked(new Packing(8).number(number)).number()).isEqualTo(number);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 31, 32, 255, 256, 65_535})
    void textsAreReadAsTheyWere(int length) {
        String text = "\u00FC".repeat(length / 2) + "x".repeat(length % 2);

        assertThat(unpacked(new Packing(8).text(text)).text()).isEqualTo(text);
    }

    @Test
    void valuesFollowEachOther() {
        Packed packed = unpacked(new Packing(8).text("account").number(7).text(""));

        assertThat(packed.text()).isEqualTo("account");
        assertThat(packed.number()).isEqualTo(7);
        assertThat(packed.text()).isEmpty();
        assertThat(packed.hasNext()).isFalse();
    }

    @Test
    void aTextBeyondItsLengthIsRefused() {
        Packing packing = new Packing(8);
        String text = "x".repeat(65_536);

        assertThatThrownBy(() -> packing.text(text)).isInstanceOf(IllegalArgumentException.class);
    }

    private static Packed unpacked(Packing packing) {
        return new Packed(ByteBuffer.wrap(packing.bytes(), 0, packing.length()));
    }
}
