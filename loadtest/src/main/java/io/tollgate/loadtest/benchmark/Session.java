package io.tollgate.loadtest.benchmark;

import io.tollgate.loadtest.benchmark.load.Load;
import io.tollgate.loadtest.benchmark.load.Shape;
import io.tollgate.loadtest.benchmark.load.Tally;
import io.tollgate.loadtest.benchmark.peer.Peer;
import io.tollgate.loadtest.benchmark.peer.RunningPeer;
import io.tollgate.loadtest.benchmark.process.Child;
import io.tollgate.loadtest.benchmark.process.Memory;
import io.tollgate.loadtest.check.NotConservedException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One run: everything is started once, warmed, and measured in turn, round by round. */
final class Session implements AutoCloseable {
    private final Options options;
    private final Scene scene;
    private final Map<String, RunningPeer> running = new LinkedHashMap<>();
    private final Map<String, Long> failed = new LinkedHashMap<>();
    private final Results results = new Results();
    private @Nullable String imbalance;
    private boolean checked;

    private Session(Options options, Scene scene) {
        this.options = options;
        this.scene = scene;
    }

    static Session open(Options options, Path directory) {
        return new Session(options, Scene.set(options, directory));
    }

    /** {@code measured} runs whenever there is more to tell: a run that is cut off has told what it had. */
    void measure(Consumer<Session> measured) {
        for (Peer peer : options.peers()) {
            start(peer, List.of());
        }
        scene.openBooks(running.values());
        running.values().forEach(this::warmUp);
        for (int round = 1; round <= options.rounds(); round++) {
            for (Scenario scenario : options.scenarios()) {
                for (RunningPeer peer : running.values()) {
                    results.add(window(round, scenario, peer));
                }
            }
            measured.accept(this);
        }
        if (options.streams() > 0) {
            options.peers().forEach(this::startsAndStreams);
        }
        checkBooks();
        measured.accept(this);
    }

    Summary summary() {
        return new Summary(options, results, scene, checked ? scene.booksVerdict(imbalance) : "not checked yet");
    }

    String csv() {
        return ResultsCsv.of(results);
    }

    void demandSoundness() {
        failed.forEach((peer, calls) -> {
            if (calls > 0) {
                throw new UnsoundException(peer + " has failed " + calls + " calls");
            }
        });
        if (imbalance != null) {
            throw new UnsoundException(imbalance);
        }
    }

    private RunningPeer start(Peer peer, List<String> moreFlags) {
        RunningPeer started = RunningPeer.start(peer, scene.site(), moreFlags);
        say("%-22s up after %.1f s", peer.name(), started.startToReady().toMillis() / 1e3);
        running.put(peer.name(), started);
        return started;
    }

    private void warmUp(RunningPeer peer) {
        Tally tally = Tally.none();
        for (Scenario scenario : options.scenarios()) {
            // Plain calls take most of it: there is most code behind them.
            long share = scenario == Scenario.JSON_64 ? 2 : 8;
            tally = load(peer, scenario.shape(), options.warmUp().dividedBy(share));
        }
        say("%-22s warm, the last of it: %s", peer.name(), tally);
    }

    private Results.Row window(int round, Scenario scenario, RunningPeer peer) {
        Window window =
                Window.measure(peer.uri(), scene.keys(), scenario.shape(), options.window(), scene.metersOf(peer));
        failed.merge(peer.name(), window.tally().failed(), Long::sum);
        scene.enter(peer, scenario.shape().form(), window.tally());
        Results.Row row = new Results.Row(round, scenario, peer.name(), window);
        say(
                "%d %-8s %-22s %,10.0f/s  cpu %,8.1f us  redis %6.1f us  p50 %8.2f ms  p99 %8.2f ms  failed %d",
                round,
                scenario.label(),
                peer.name(),
                window.stretch().callsPerSecond(),
                window.cpu().gateway(),
                window.cpu().redis(),
                window.stretch().latency().micros(0.5) / 1e3,
                window.stretch().latency().micros(0.99) / 1e3,
                window.tally().failed());
        return row;
    }

    private void startsAndStreams(Peer peer) {
        RunningPeer old = running.get(peer.name());
        if (old == null || old.child() == null) {
            return;
        }
        old.close();
        for (int round = 1; round <= options.rounds(); round++) {
            try (RunningPeer again = RunningPeer.start(peer, scene.site(), List.of())) {
                results.add(new Results.Started(peer.name(), again.startToReady()));
            }
        }
        RunningPeer watched = start(peer, peer.isJvm() ? List.of(Memory.FLAG) : List.of());
        Child child = watched.child();
        if (child != null) {
            load(watched, Scenario.BURST.shape(), options.window());
            Results.Held held = StreamMemory.of(watched, child.handle(), scene.keysForBrokenOff(), options.streams());
            results.add(held);
            say("%-22s %,.0f bytes for each open stream", peer.name(), held.bytes());
        }
    }

    /** Unmeasured: a gateway that has just started may refuse a call or two while it takes over from the one before. */
    private Tally load(RunningPeer peer, Shape shape, Duration length) {
        try (Load load = Load.start(peer.uri(), scene.keys(), shape)) {
            Pause.of(length);
            Tally tally = load.finish();
            scene.enter(peer, shape.form(), tally);
            return tally;
        }
    }

    private void checkBooks() {
        try {
            scene.demandBalance(running);
            checked = true;
        } catch (NotConservedException e) {
            checked = true;
            imbalance = String.valueOf(e.getMessage());
        }
    }

    static void say(String format, Object... values) {
        System.out.printf(format + "%n", values);
    }

    @Override
    public void close() {
        running.values().forEach(RunningPeer::close);
        scene.close();
    }
}
