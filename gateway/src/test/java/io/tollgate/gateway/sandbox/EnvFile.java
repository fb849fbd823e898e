package io.tollgate.gateway.sandbox;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;

/** {@code KEY=VALUE} lines for scripts to source: there in full or not at all, and readable by their owner alone. */
final class EnvFile {

    private final Path path;

    EnvFile(Path path) {
        this.path = path.toAbsolutePath();
    }

    void write(Map<String, String> facts) {
        String lines = facts.entrySet().stream()
                .map(fact -> fact.getKey() + "=" + quoted(fact.getValue()) + "\n")
                .collect(joining());
        try {
            Files.createDirectories(directory());
            Path unfinished = Files.createTempFile(
                    directory(),
                    ".sandbox",
                    ".env",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(unfinished, lines);
            Files.move(unfinished, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void remove() {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path directory() {
        Path parent = path.getParent();
        if (parent == null) {
            throw new SandboxException("not a file: " + path);
        }
        return parent;
    }

    /** A shell takes these characters as they are; anything else goes into quotes. */
    private static String quoted(String value) {
        return value.matches("[A-Za-z0-9_./:@%+,=-]*") ? value : "'" + value.replace("'", "'\\''") + "'";
    }
}
