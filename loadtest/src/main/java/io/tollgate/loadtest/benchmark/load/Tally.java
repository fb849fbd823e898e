package io.tollgate.loadtest.benchmark.load;

import java.util.List;

/**
 * What became of the calls.
 *
 * @param answered whole answers with status 200
 * @param refused answers with another status
 * @param cut answers that ended too early, and connections that broke
 * @param byKey whole answers for each API key, in the keys' order
 */
public record Tally(long answered, long refused, long cut, List<Long> byKey) {

    public Tally {
        byKey = List.copyOf(byKey);
    }

    public static Tally none() {
        return new Tally(0, 0, 0, List.of());
    }

    public long failed() {
        return refused + cut;
    }

    public long calls() {
        return answered + failed();
    }

    @Override
    public String toString() {
        return answered + " answered, " + refused + " refused, " + cut + " cut";
    }
}
