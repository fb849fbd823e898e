package io.tollgate.loadtest.benchmark;

import io.tollgate.loadtest.benchmark.Meters.Reading;
import io.tollgate.loadtest.benchmark.load.Load;
import io.tollgate.loadtest.benchmark.load.Shape;
import io.tollgate.loadtest.benchmark.load.Stretch;
import io.tollgate.loadtest.benchmark.load.Tally;
import io.tollgate.loadtest.benchmark.process.Others;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/**
 * One measurement: load on one peer from rest to rest.
 *
 * <p>CPU is what the processes have used from before the first call until they have come to rest after the last one,
 * divided by all calls in between: work that a gateway puts off until later is not free. What it uses at rest anyway is
 * counted for as long as there were calls, not for the time it took to come to rest. Calls per second and latencies are
 * those of the stretch in the middle, without the start and the end.
 *
 * @param cpu microseconds for each call
 * @param noise the share of the machine that others used, while load was on
 */
record Window(Tally tally, Stretch stretch, Reading cpu, double noise) {
    private static final Duration RAMP = Duration.ofMillis(500);

    static Window measure(URI gateway, List<String> keys, Shape shape, Duration length, Meters meters) {
        meters.awaitRest();
        Reading before = meters.read();
        Others others = Others.beside(meters.known());
        try (Load load = Load.start(gateway, keys, shape)) {
            Pause.of(RAMP);
            load.beginStretch();
            Pause.of(length);
            Stretch stretch = load.stretch();
            Tally tally = load.finish();
            long ended = System.nanoTime();
            double noise = others.share();
            Reading idle = meters.awaitRest();
            Reading after = meters.read();
            Reading used = after.minus(before).minus(idle.times((double) (System.nanoTime() - ended)));
            return new Window(tally, stretch, used.times(1 / 1e3 / Math.max(1, tally.calls())), noise);
        }
    }
}
