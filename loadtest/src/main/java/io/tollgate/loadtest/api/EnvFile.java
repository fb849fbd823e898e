package io.tollgate.loadtest.api;

import static java.util.stream.Collectors.toMap;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** {@code KEY=VALUE} lines as the sandbox writes them, with a shell's single quotes around what needs them. */
public final class EnvFile {
    private EnvFile() {}

    public static Map<String, String> read(Path file) {
        try {
            return Files.readString(file)
                    .lines()
                    .filter(line -> line.indexOf('=') > 0)
                    .map(line -> line.split("=", 2))
                    .collect(toMap(fact -> fact[0], fact -> unquoted(fact[1]), (former, latter) -> latter));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String unquoted(String value) {
        boolean quoted = value.length() > 1 && value.startsWith("'") && value.endsWith("'");
        return quoted ? value.substring(1, value.length() - 1).replace("'\\''", "'") : value;
    }
}
