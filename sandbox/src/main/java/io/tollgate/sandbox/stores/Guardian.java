package io.tollgate.sandbox.stores;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Cleans up after a JVM that was killed and could not do it itself: a shell that waits for the end of its input, which
 * is the end of the JVM however that comes about, then kills the servers whose process ids it finds beside their data.
 */
final class Guardian implements AutoCloseable {
    private static final Duration EXIT_LIMIT = Duration.ofSeconds(10);
    private static final String SCRIPT = """
            cat > /dev/null
            for pid in "$0"/*.pid; do
              [ -f "$pid" ] && kill -9 "$(cat "$pid")" 2> /dev/null
              rm -f "$pid"
            done
            [ "$1" = keep ] || rm -rf "$0" 2> /dev/null || { sleep 1; rm -rf "$0"; }
            """;

    private final Process shell;

    private Guardian(Process shell) {
        this.shell = shell;
    }

    /** What happens to the directory after its servers. */
    enum Directory {
        KEEP,
        DELETE
    }

    static Guardian over(Path directory, Directory fate) {
        List<String> command = Detached.command(
                List.of("sh", "-c", SCRIPT, directory.toString(), fate == Directory.KEEP ? "keep" : "delete"));
        try {
            return new Guardian(new ProcessBuilder(command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start());
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot start the guardian of " + directory, e);
        }
    }

    /** Lets it do its work now: nothing is left to kill after an orderly stop. */
    @Override
    public void close() {
        try {
            shell.getOutputStream().close();
            if (!shell.waitFor(EXIT_LIMIT)) {
                shell.destroyForcibly();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
