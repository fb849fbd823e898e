package io.tollgate.gateway.installation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.awaitility.Awaitility;

/** A gateway as a process of its own, to be killed. */
public final class GatewayProcess implements AutoCloseable {

    private static final Duration START_MAX = Duration.ofMinutes(5);

    private final Process process;
    private final Path log;
    private final GatewayClient client;

    private GatewayProcess(Process process, Path log, GatewayClient client) {
        this.process = process;
        this.log = log;
        this.client = client;
    }

    /** Returns when it takes calls. */
    public static GatewayProcess start(Class<?> main, GatewayProperties properties, int port) {
        GatewayProcess gateway = launch(main, properties, port);
        gateway.awaitReady();
        return gateway;
    }

    /** Returns at once, so that several can start side by side. */
    public static GatewayProcess launch(Class<?> main, GatewayProperties properties, int port) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xmx256m");
        command.add("-XX:TieredStopAtLevel=1"); // it starts sooner, and does not live long
        command.add("--enable-native-access=ALL-UNNAMED");
        command.add(main.getName());
        command.addAll(properties.arguments());
        try {
            Path log = Files.createTempFile(Files.createDirectories(Path.of("target", "gateways")), "gateway-", ".log");
            ProcessBuilder builder =
                    new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(Redirect.to(log.toFile()));
            // Not as an argument: it is too long for some systems.
            builder.environment().put("CLASSPATH", Objects.requireNonNull(System.getProperty("java.class.path")));
            return new GatewayProcess(builder.start(), log, new GatewayClient(URI.create("http://127.0.0.1:" + port)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void awaitReady() {
        Awaitility.await("the gateway, see " + log)
                .atMost(START_MAX)
                .pollInterval(Duration.ofMillis(200))
                .until(this::isReady);
    }

    public GatewayClient client() {
        return client;
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** SIGTERM. Returns at once. */
    public void terminate() {
        process.destroy();
    }

    /** SIGKILL. Returns when it is gone. */
    public void kill() {
        process.destroyForcibly();
        awaitEnd();
    }

    /** Returns the exit status once it has ended. */
    public int awaitEnd() {
        return process.onExit().join().exitValue();
    }

    @Override
    public void close() {
        kill();
    }

    private boolean isReady() {
        if (!process.isAlive()) {
            throw new IllegalStateException("the gateway ended with " + process.exitValue() + ", see " + log);
        }
        try {
            return client.get("/actuator/health/readiness", null).statusCode() == 200;
        } catch (UncheckedIOException e) {
            return false;
        }
    }
}
