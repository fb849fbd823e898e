package io.tollgate.sandbox.stores;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A Redis' files as they were at one moment. Its append-only file only ever grows, so a copy is a former length of it. */
public final class RedisFiles {
    private final Path data;
    private final Path copy;

    private RedisFiles(Path data, Path copy) {
        this.data = data;
        this.copy = copy;
    }

    /** Beside the original, so that it goes away with it. */
    static RedisFiles copyOf(Path data) {
        try {
            Path copy = Files.createTempDirectory(data.getParent(), data.getFileName() + "-copy-");
            copyAll(data, copy);
            return new RedisFiles(data, copy);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void putBack() {
        deleteAllIn(data);
        try {
            copyAll(copy, data);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void deleteAllIn(Path data) {
        try (Stream<Path> tree = Files.walk(data)) {
            List<Path> inside = tree.filter(path -> !path.equals(data))
                    .sorted(Comparator.reverseOrder())
                    .toList();
            for (Path path : inside) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void copyAll(Path from, Path to) throws IOException {
        try (Stream<Path> tree = Files.walk(from)) {
            for (Path path : tree.filter(path -> !path.equals(from)).toList()) {
                copy(path, to.resolve(from.relativize(path)));
            }
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        if (Files.isDirectory(from)) {
            Files.createDirectory(to);
            return;
        }
        try {
            Files.copy(from, to);
        } catch (NoSuchFileException _) {
            // A temporary file that Redis has renamed or removed since it was listed.
        }
    }
}
