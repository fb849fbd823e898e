package io.tollgate.loadtest.benchmark;

import io.tollgate.loadtest.benchmark.load.Load;
import io.tollgate.loadtest.benchmark.load.Shape;
import io.tollgate.loadtest.benchmark.load.Shape.Form;
import io.tollgate.loadtest.benchmark.peer.RunningPeer;
import io.tollgate.loadtest.benchmark.process.Memory;
import io.tollgate.loadtest.benchmark.upstream.Pace;
import java.time.Duration;
import java.util.List;

/**
 * What a stream costs that is open and does next to nothing: what a process holds with many of them, less what it held
 * with none, divided by their number. Both times after a full collection, where there is a heap.
 */
record StreamMemory(double heapBytes, double directBytes, double residentBytes) {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration POLL = Duration.ofMillis(100);
    /** So that all of them have had a few chunks. */
    private static final Duration SETTLING = Duration.ofSeconds(3);

    static Results.Held of(RunningPeer peer, ProcessHandle process, List<String> keys, int streams) {
        StreamMemory before = now(peer, process);
        try (Load load = Load.start(peer.uri(), keys, Shape.closed(Form.STREAMED, Pace.TRICKLE, streams))) {
            awaitAll(load, streams);
            Pause.of(SETTLING);
            StreamMemory with = now(peer, process);
            if (load.streaming() != streams) {
                throw new IllegalStateException(peer.name() + " has lost some of " + streams + " open streams");
            }
            double each = streams;
            return new Results.Held(
                    peer.name(),
                    (with.heapBytes - before.heapBytes) / each,
                    (with.directBytes - before.directBytes) / each,
                    (with.residentBytes - before.residentBytes) / each);
        }
    }

    private static void awaitAll(Load load, int streams) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (load.streaming() < streams) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("only " + load.streaming() + " of " + streams + " streams have begun");
            }
            Pause.of(POLL);
        }
    }

    private static StreamMemory now(RunningPeer peer, ProcessHandle process) {
        double resident = Memory.residentBytes(process);
        if (!peer.peer().isJvm()) {
            return new StreamMemory(Double.NaN, Double.NaN, resident);
        }
        Memory memory = Memory.of(process);
        return new StreamMemory(memory.heapBytes(), memory.directBytes(), resident);
    }
}
