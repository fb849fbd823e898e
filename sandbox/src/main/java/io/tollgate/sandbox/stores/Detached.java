package io.tollgate.sandbox.stores;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Commands in a session of their own: Ctrl-C in a terminal must reach only the JVM, which still needs its stores to shut
 * down in order. Where there is no {@code setsid} (macOS) the servers get the signal too.
 */
final class Detached {
    private static final Path SETSID = Path.of("/usr/bin/setsid");

    private Detached() {}

    static List<String> command(List<String> command) {
        if (!Files.isExecutable(SETSID)) {
            return command;
        }
        List<String> detached = new ArrayList<>(command.size() + 1);
        detached.add(SETSID.toString());
        detached.addAll(command);
        return detached;
    }
}
