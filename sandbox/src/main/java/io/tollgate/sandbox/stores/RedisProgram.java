package io.tollgate.sandbox.stores;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Redis as Tollgate needs it: it never evicts, and keeps an append-only file or nothing. */
record RedisProgram(String name, Path executable, Path data, AppendOnly appendOnly) implements Program {
    @Override
    public String portSetting() {
        return StoreSettings.REDIS_PORT;
    }

    @Override
    public void prepare() {
        try {
            Files.createDirectories(data);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public List<String> command(int port) {
        List<String> command = new ArrayList<>(settings(appendOnly));
        command.set(0, executable.toString());
        command.addAll(List.of("--port", Integer.toString(port), "--bind", "127.0.0.1", "--dir", data.toString()));
        return Detached.command(command);
    }

    static List<String> settings(AppendOnly appendOnly) {
        return List.of(
                "redis-server",
                "--databases",
                Integer.toString(RedisStore.DATABASES),
                "--save",
                "",
                "--maxmemory-policy",
                "noeviction",
                "--appendonly",
                appendOnly == AppendOnly.OFF ? "no" : "yes",
                "--appendfsync",
                "everysec",
                // Or a replica would wait five seconds for others that might want the same.
                "--repl-diskless-sync-delay",
                "0");
    }

    @Override
    public boolean answers(int port) {
        try (RedisConnection redis = RedisConnection.open("127.0.0.1", port)) {
            return redis.call("PING").equals("PONG");
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public String stopSignal() {
        return "TERM";
    }
}
