package io.tollgate.gateway.edge;

import java.util.List;
import java.util.SplittableRandom;

/** Chance that repeats itself with its seed. */
final class Dice {

    private final SplittableRandom random;

    Dice(long seed) {
        random = new SplittableRandom(seed);
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    /** True once in so many times. */
    boolean oneIn(int times) {
        return random.nextInt(times) == 0;
    }

    String of(String... choices) {
        return choices[random.nextInt(choices.length)];
    }

    <T> T of(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    /** With {@code piece} somewhere in it. */
    String within(String text, String piece) {
        int at = below(text.length() + 1);
        return text.substring(0, at) + piece + text.substring(at);
    }
}
