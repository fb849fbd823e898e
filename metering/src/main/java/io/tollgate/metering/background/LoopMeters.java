package io.tollgate.metering.background;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import java.util.Locale;

/** What operators see of every background loop, under its name. */
final class LoopMeters {

    private LoopMeters() {}

    static void register(BackgroundLoop loop, MeterRegistry meters) {
        String name =
                loop.name().toLowerCase(Locale.ROOT).replaceFirst("^the ", "").replace(' ', '-');
        FunctionCounter.builder("tollgate.loop.turns", loop, BackgroundLoop::turns)
                .description("Turns made, however they ended")
                .tag("loop", name)
                .register(meters);
        FunctionCounter.builder("tollgate.loop.failures", loop, BackgroundLoop::failedTurns)
                .description("Turns that failed and were tried again")
                .tag("loop", name)
                .register(meters);
        TimeGauge.builder(
                        "tollgate.loop.success.age",
                        loop,
                        MILLISECONDS,
                        measured -> measured.sinceSuccess().toMillis())
                .description("Time since a turn ended well")
                .tag("loop", name)
                .register(meters);
    }
}
