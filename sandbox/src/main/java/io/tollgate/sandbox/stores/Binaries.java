package io.tollgate.sandbox.stores;

import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import redis.embedded.core.ExecutableProvider;

/**
 * The servers' executables. They are unpacked from the class path once and kept in the user's cache directory: half a
 * second and 75 MB on every start otherwise.
 */
final class Binaries {
    private static final String POSTGRES = "postgres-18.6.0";
    private static final String REDIS = "embedded-redis-1.4.4";

    private Binaries() {}

    static Path postgres() {
        return Unpacked.once(cache().resolve(POSTGRES), Binaries::unpackPostgres);
    }

    /** A {@code redis-server} on the path is newer than the one in the jar, so it wins. */
    static Path redis() {
        return redisOnPath().orElseGet(() -> {
            Path directory = Unpacked.once(cache().resolve(REDIS), Binaries::unpackRedis);
            return directory.resolve("redis-server");
        });
    }

    private static Optional<Path> redisOnPath() {
        String path = Objects.requireNonNullElse(System.getenv("PATH"), "");
        return Arrays.stream(path.split(":"))
                .filter(directory -> !directory.isEmpty())
                .map(directory -> Path.of(directory, "redis-server"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static void unpackPostgres(Path target) throws IOException {
        String system = System.getProperty("os.name", "").startsWith("Mac") ? "Darwin" : "Linux";
        try (InputStream archive =
                DefaultPostgresBinaryResolver.INSTANCE.getPgBinary(system, System.getProperty("os.arch", ""))) {
            Tarball.extract(archive, target);
        }
    }

    private static void unpackRedis(Path target) throws IOException {
        Path unpacked =
                ExecutableProvider.newJarResourceProvider(target.toFile()).get().toPath();
        Path executable = target.resolve("redis-server");
        Files.move(unpacked, executable);
        if (!executable.toFile().setExecutable(true)) {
            throw new IOException("Cannot make " + executable + " executable");
        }
    }

    private static Path cache() {
        @Nullable String xdg = System.getenv("XDG_CACHE_HOME");
        Path base = xdg == null || xdg.isBlank() ? ofUser(System.getProperty("user.home")) : Path.of(xdg);
        try {
            return Files.createDirectories(base.resolve("tollgate-sandbox"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    // The home of root is closed to whom Postgres may have to run as.
    private static Path ofUser(String home) {
        return "root".equals(System.getProperty("user.name")) ? Path.of("/var/cache") : Path.of(home, ".cache");
    }
}
