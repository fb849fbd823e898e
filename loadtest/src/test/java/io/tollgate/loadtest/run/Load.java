package io.tollgate.loadtest.run;

import io.tollgate.loadtest.api.Target;
import io.tollgate.loadtest.call.Call;
import io.tollgate.loadtest.call.CallLog;
import io.tollgate.loadtest.simulation.SteadyArrivals;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** One run of the simulation, from Gatling's own main class. */
record Load(int status, String output, List<Call> calls) {

    static Load run(Path directory, Target target, int callsPerSecond, Duration duration) {
        Map<String, String> environment = Map.of(
                "TOLLGATE_URL", target.gateway().toString(),
                "TOLLGATE_ADMIN_TOKEN", target.adminToken(),
                "AI_URL", target.provider().toString());
        Path calls = directory.resolve("calls.jsonl");
        List<String> arguments = List.of(
                "-Xmx256m",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                "-Djava.util.prefs.userRoot=" + directory,
                "-Dload.rate=" + callsPerSecond,
                "-Dload.seconds=" + duration.toSeconds(),
                "-Dload.accounts=5",
                "-Dload.calls=" + calls,
                "-Dconservation.patience-seconds=20",
                "-cp",
                System.getProperty("java.class.path"),
                "io.gatling.app.Gatling",
                "--simulation",
                SteadyArrivals.class.getName(),
                "--no-reports",
                "--results-folder",
                directory.resolve("gatling").toString());
        try (Child gatling = Child.java(directory, environment, arguments)) {
            int status = gatling.exit(duration.plusSeconds(90));
            return new Load(status, gatling.output(), CallLog.read(calls));
        }
    }
}
