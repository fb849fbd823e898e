package io.tollgate.sandbox.stores;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A server as a child process that can be killed, frozen and started again on the same port and data. */
final class EmbeddedServer implements Server {
    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(10);
    private static final Duration POLL = Duration.ofMillis(20);
    private static final int FREE_PORT_ATTEMPTS = 5;
    private static final int LOG_TAIL_CHARS = 2_000;

    private final Program program;
    private final Path log;
    private final int port;
    private @Nullable Process process;

    private EmbeddedServer(Program program, Path log, int port) {
        this.program = program;
        this.log = log;
        this.port = port;
    }

    static EmbeddedServer start(Program program, Path log, int requestedPort) {
        program.prepare();
        if (requestedPort == 0) {
            return onFreePort(program, log);
        }
        if (!Ports.isFree(requestedPort)) {
            throw new PortTakenException(program.name(), requestedPort, program.portSetting());
        }
        EmbeddedServer server = new EmbeddedServer(program, log, requestedPort);
        server.start();
        return server;
    }

    // Between finding a free port and listening on it, another process may take it.
    private static EmbeddedServer onFreePort(Program program, Path log) {
        for (int attempt = 1; ; attempt++) {
            EmbeddedServer server = new EmbeddedServer(program, log, Ports.free());
            try {
                server.start();
                return server;
            } catch (IllegalStateException e) {
                if (attempt == FREE_PORT_ATTEMPTS || !server.logTail().contains("ddress already in use")) {
                    throw e;
                }
            }
        }
    }

    @Override
    public String host() {
        return "127.0.0.1";
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public Path data() {
        return program.data();
    }

    @Override
    public synchronized void start() {
        if (process != null && process.isAlive()) {
            return;
        }
        try {
            process = new ProcessBuilder(program.command(port))
                    .redirectErrorStream(true)
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
            Files.writeString(pidFile(), Long.toString(process.pid()));
            awaitAnswer(process);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot start " + program.name(), e);
        }
    }

    private void awaitAnswer(Process started) {
        long deadline = System.nanoTime() + START_LIMIT.toNanos();
        while (!program.answers(port)) {
            if (exitsWithin(started, POLL)) {
                throw new IllegalStateException(program.name() + " did not start on port " + port + ":\n" + logTail());
            }
            if (System.nanoTime() > deadline) {
                kill();
                throw new IllegalStateException(
                        program.name() + " did not answer within " + START_LIMIT + ":\n" + logTail());
            }
        }
    }

    /** SIGKILL to the server and to every process it forked, which would otherwise hold on to its port and data. */
    @Override
    public synchronized void kill() {
        if (process == null) {
            return;
        }
        List<ProcessHandle> forked = process.descendants().toList();
        process.destroyForcibly();
        forked.forEach(ProcessHandle::destroyForcibly);
        exitsWithin(process, STOP_LIMIT);
        forgetPid();
        forked.forEach(child -> child.onExit()
                .orTimeout(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS)
                .join());
    }

    @Override
    public synchronized void pause() {
        signalAll("STOP");
    }

    @Override
    public synchronized void resume() {
        signalAll("CONT");
    }

    @Override
    public synchronized void close() {
        if (process == null || !process.isAlive()) {
            return;
        }
        signalAll("CONT");
        signal(process.toHandle(), program.stopSignal());
        if (!exitsWithin(process, STOP_LIMIT)) {
            kill();
        }
        forgetPid();
    }

    // Read by the guardian, who must not kill whoever gets this number next.
    private Path pidFile() {
        return log.resolveSibling(program.name() + ".pid");
    }

    private void forgetPid() {
        try {
            Files.deleteIfExists(pidFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void signalAll(String signal) {
        if (process == null || !process.isAlive()) {
            throw new IllegalStateException(program.name() + " does not run");
        }
        List<ProcessHandle> forked = process.descendants().toList();
        signal(process.toHandle(), signal);
        forked.forEach(child -> signal(child, signal));
    }

    private static void signal(ProcessHandle target, String signal) {
        try {
            exitsWithin(new ProcessBuilder("kill", "-" + signal, Long.toString(target.pid())).start(), STOP_LIMIT);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean exitsWithin(Process process, Duration limit) {
        try {
            return process.waitFor(limit);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for a server", e);
        }
    }

    private String logTail() {
        try {
            String text = Files.readString(log, StandardCharsets.UTF_8);
            return text.substring(Math.max(0, text.length() - LOG_TAIL_CHARS));
        } catch (IOException e) {
            return "(no log: " + e.getMessage() + ")";
        }
    }
}
