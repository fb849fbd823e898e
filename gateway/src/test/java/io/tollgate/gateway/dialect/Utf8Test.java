package io.tollgate.gateway.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Utf8Test {

    @ParameterizedTest
    @ValueSource(
            strings = {"", "ascii only, more than eight", "é", "1234567é", "12345678é", "\u2028\ud83d\ude00\uffff\u0800"
            })
    void isWhatJavaWrites(String text) {
        assertThat(Utf8.faultIn(text.getBytes(UTF_8))).isEqualTo(-1);
    }

    @Test
    void isJudgedAsTheStrictDecoderDoes() {
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        int[] telling = {
            0, 0x41, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xc1, 0xc2, 0xdf, 0xe0, 0xed, 0xef, 0xf0, 0xf4,
            0xf5, 0xff
        };
        for (int i = 0; i < 200_000; i++) {
            byte[] bytes = new byte[random.nextInt(20)];
            for (int k = 0; k < bytes.length; k++) {
                bytes[k] = (byte) (random.nextInt(3) == 0 ? 0x41 : telling[random.nextInt(telling.length)]);
            }

            assertThat(Utf8.faultIn(bytes) < 0).as("seed %d, input %d", seed, i).isEqualTo(decodes(bytes));
        }
    }

    private static boolean decodes(byte[] bytes) {
        try {
            UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException _) {
            return false;
        }
    }
}
