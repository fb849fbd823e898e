package io.tollgate.sandbox.stores;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;

/** Both servers as child processes of this JVM. */
final class EmbeddedBackend {
    private EmbeddedBackend() {}

    static Stores start(StoreSettings settings, Teardown teardown) {
        try {
            Path directory = directory(settings, teardown);
            PostgresStore postgres = postgres(settings, directory, teardown);
            RedisStore redis = redis(settings, directory, teardown);
            return Stores.of(postgres, redis, directory, teardown);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static PostgresStore postgres(StoreSettings settings, Path directory, Teardown teardown)
            throws IOException {
        String seed = passwordSeed(directory);
        Login superuser = new Login("postgres", Passwords.derive(seed, "postgres"));
        PostgresProgram program = new PostgresProgram(
                Binaries.postgres(), directory.resolve("postgres"), superuser, Unprivileged.detected());
        Server server = EmbeddedServer.start(program, directory.resolve("postgres.log"), settings.postgresPort());
        teardown.add(server::close);
        return PostgresStore.on(server, superuser, seed);
    }

    private static RedisStore redis(StoreSettings settings, Path directory, Teardown teardown) {
        return redis("Redis", settings.appendOnly(), settings.redisPort(), directory, teardown);
    }

    /** Its name is in the names of its files. */
    static RedisStore redis(String name, AppendOnly appendOnly, int port, Path directory, Teardown teardown) {
        String files = name.toLowerCase(Locale.ROOT);
        RedisProgram program = new RedisProgram(name, Binaries.redis(), directory.resolve(files), appendOnly);
        Server server = EmbeddedServer.start(program, directory.resolve(files + ".log"), port);
        teardown.add(server::close);
        return RedisStore.on(server);
    }

    private static Path directory(StoreSettings settings, Teardown teardown) throws IOException {
        Path kept = settings.directory();
        Path directory = kept == null
                ? Files.createTempDirectory("tollgate-stores-")
                : Files.createDirectories(kept.toAbsolutePath());
        Guardian guardian =
                Guardian.over(directory, kept == null ? Guardian.Directory.DELETE : Guardian.Directory.KEEP);
        teardown.add(guardian::close);
        return directory;
    }

    // Kept beside the data it opens, so that a kept directory can be started again.
    private static String passwordSeed(Path directory) throws IOException {
        Path file = directory.resolve("password.seed");
        if (!Files.exists(file)) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(file, Passwords.random());
        }
        return Files.readString(file);
    }
}
