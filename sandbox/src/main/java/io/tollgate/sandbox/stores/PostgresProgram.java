package io.tollgate.sandbox.stores;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Postgres from an unpacked distribution, reachable only over TCP on the loopback interface and only by password. */
record PostgresProgram(Path distribution, Path data, Login superuser, Unprivileged unprivileged) implements Program {
    /**
     * Syncing to disk is off: it protects from a machine that dies, and a killed process leaves its writes with the
     * kernel. Commits stay synchronous, or a kill would lose the last of them.
     */
    static final List<String> SETTINGS = List.of(
            "postgres",
            "-c",
            "fsync=off",
            "-c",
            "full_page_writes=off",
            "-c",
            "synchronous_commit=on",
            "-c",
            "max_connections=200",
            "-c",
            "timezone=UTC");

    @Override
    public String name() {
        return "Postgres";
    }

    @Override
    public String portSetting() {
        return StoreSettings.POSTGRES_PORT;
    }

    @Override
    public void prepare() {
        if (Files.exists(data.resolve("PG_VERSION"))) {
            return;
        }
        try {
            Files.createDirectories(data);
            unprivileged.hand(data);
            Path passwordFile = data.resolveSibling("postgres.password");
            Files.writeString(passwordFile, superuser.password());
            unprivileged.hand(passwordFile);
            try {
                initialise(passwordFile);
            } finally {
                Files.delete(passwordFile);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void initialise(Path passwordFile) throws IOException {
        ShellCommand.run(unprivileged.command(List.of(
                executable("initdb"),
                "--pgdata",
                data.toString(),
                "--username",
                superuser.user(),
                "--pwfile",
                passwordFile.toString(),
                "--auth",
                "scram-sha-256",
                "--encoding",
                "UTF8",
                "--locale",
                "C",
                "--no-sync")));
    }

    @Override
    public List<String> command(int port) {
        List<String> command = new ArrayList<>(SETTINGS);
        command.set(0, executable("postgres"));
        command.addAll(List.of(
                "-D",
                data.toString(),
                "-p",
                Integer.toString(port),
                "-c",
                "listen_addresses=127.0.0.1",
                "-c",
                "unix_socket_directories="));
        return Detached.command(unprivileged.command(command));
    }

    @Override
    public boolean answers(int port) {
        try (Connection connection = DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + port + "/postgres?connectTimeout=5&socketTimeout=5",
                superuser.user(),
                superuser.password())) {
            return connection.isValid(1);
        } catch (SQLException e) {
            return false;
        }
    }

    /** Fast shutdown: SIGTERM would wait for every client to leave. */
    @Override
    public String stopSignal() {
        return "INT";
    }

    private String executable(String name) {
        return distribution.resolve("bin").resolve(name).toString();
    }
}
