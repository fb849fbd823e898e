package io.tollgate.sandbox.ai;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;

/** What the simulator says: short words drawn by a seed, each of them exactly one token of {@link Tokens}. */
final class Words {
    private static final int SENTENCE = 13;
    private static final byte[] STOP = {'.'};
    private static final byte[][] WORDS = Stream.of(
                    ("river stone light garden winter paper silver bread cloud music letter"
                                    + " bridge candle forest window summer table story meadow harbor island market number"
                                    + " orange pencil quiet ribbon sailor ticket valley wagon yellow anchor basket copper"
                                    + " desert engine flower guitar hammer jacket kettle ladder mirror needle ocean pocket"
                                    + " rocket shadow tunnel violet walnut autumn button castle dragon sunset falcon")
                            .split(" "))
            .map(word -> (" " + word).getBytes(StandardCharsets.US_ASCII))
            .toArray(byte[][]::new);

    private Words() {}

    /** Writes the token at a position of the text that belongs to a seed. */
    static void write(ByteBuf out, long seed, int position) {
        if (position % SENTENCE == SENTENCE - 1) {
            out.writeBytes(STOP);
            return;
        }
        byte[] word = WORDS[(int) Long.remainderUnsigned(mix(seed + position), WORDS.length)];
        int from = position == 0 ? 1 : 0; // a text does not begin with a blank
        out.writeBytes(word, from, word.length - from);
    }

    /** SplitMix64's finisher: neighbouring seeds give unrelated numbers. */
    static long mix(long seed) {
        long z = seed * 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
