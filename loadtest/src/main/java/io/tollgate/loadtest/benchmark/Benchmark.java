package io.tollgate.loadtest.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Measures the gateway and its peers in one run, behind the same load and before the same upstream (docs/performance.md).
 * Ends with status 1 where a peer has answered with errors or the gateway's books do not balance: such figures are worth
 * nothing.
 */
public final class Benchmark {
    private Benchmark() {}

    public static void main(String[] arguments) {
        Options options = Options.fromSystemProperties();
        Path target = options.project().resolve("loadtest/target");
        try {
            Path directory = Files.createTempDirectory(Files.createDirectories(target), "benchmark-");
            try (Session session = Session.open(options, directory)) {
                session.measure(measured -> write(target, measured));
                System.out.println("\n" + session.summary().markdown());
                session.demandSoundness();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (UnsoundException e) {
            System.err.println("These figures are worth nothing: " + e.getMessage());
            System.exit(1);
        }
    }

    private static void write(Path target, Session measured) {
        try {
            Files.writeString(target.resolve("benchmark.md"), measured.summary().markdown());
            Files.writeString(target.resolve("benchmark.csv"), measured.csv());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
