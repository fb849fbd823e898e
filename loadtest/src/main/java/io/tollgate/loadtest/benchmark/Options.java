package io.tollgate.loadtest.benchmark;

import io.tollgate.loadtest.benchmark.peer.Peer;
import io.tollgate.loadtest.benchmark.peer.Peers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * What a run does, by system properties.
 *
 * <pre>
 * benchmark.peers      which, in this order            all that this machine can run
 * benchmark.scenarios  which                           json-64,json-8,light,live,burst
 * benchmark.rounds     how often everything in turn    3
 * benchmark.seconds    measured in each window         5
 * benchmark.warm-up    seconds for each peer           30
 * benchmark.streams    open at once for memory         1000; 0: leaves memory and starts out
 * benchmark.accounts   whose keys are used in turn     1000
 * benchmark.quick      true: short windows, one round  false
 * benchmark.jvm        flags of every JVM gateway      as the container image has them, with 512 MiB of heap
 * </pre>
 */
record Options(
        Path project,
        List<Peer> peers,
        List<Scenario> scenarios,
        int rounds,
        Duration window,
        Duration warmUp,
        int streams,
        int accounts,
        List<String> jvmFlags) {

    private static final String JVM = "-Xms512m -Xmx512m -XX:+UseParallelGC -XX:+UseCompactObjectHeaders"
            + " --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow";

    Options {
        peers = List.copyOf(peers);
        scenarios = List.copyOf(scenarios);
        jvmFlags = List.copyOf(jvmFlags);
        if (rounds < 1 || accounts < 1 || streams < 0 || !window.isPositive() || warmUp.isNegative()) {
            throw new IllegalArgumentException("rounds, seconds and accounts must be above zero");
        }
    }

    static Options fromSystemProperties() {
        boolean quick = Boolean.parseBoolean(text("quick", "false"));
        return new Options(
                projectDirectory(),
                Peers.named(list("peers", Peers.available())),
                Scenario.named(list(
                        "scenarios",
                        Arrays.stream(Scenario.values()).map(Scenario::label).toList())),
                number("rounds", quick ? 1 : 3),
                seconds("seconds", quick ? "1" : "5"),
                seconds("warm-up", quick ? "2" : "30"),
                number("streams", quick ? 200 : 1000),
                number("accounts", 1000),
                List.of(text("jvm", JVM).split("\\s+")));
    }

    private static Path projectDirectory() {
        Path here = Path.of("").toAbsolutePath();
        return Files.isDirectory(here.resolve("loadtest")) ? here : Objects.requireNonNull(here.getParent());
    }

    private static List<String> list(String name, List<String> fallback) {
        String value = text(name, String.join(",", fallback));
        return Arrays.stream(value.split(",", -1)).map(String::strip).collect(Collectors.toList());
    }

    private static Duration seconds(String name, String fallback) {
        return Duration.ofMillis(Math.round(1000 * Double.parseDouble(text(name, fallback))));
    }

    private static int number(String name, int fallback) {
        return Integer.parseInt(text(name, Integer.toString(fallback)));
    }

    /** The build passes every option on, those that were not given as empty ones. */
    private static String text(String name, String fallback) {
        String value = System.getProperty("benchmark." + name, "");
        return value.isBlank() ? fallback : value.strip();
    }
}
