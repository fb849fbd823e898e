package io.tollgate.sandbox.stores;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.postgresql.PostgreSQLContainer;
import org.testcontainers.utility.DockerImageName;

/** Both servers as containers, which keep no data: {@link StoreSettings#directory()} is not looked at. */
final class DockerBackend {
    private static final DockerImageName POSTGRES = DockerImageName.parse("postgres:18-alpine");
    private static final DockerImageName REDIS = DockerImageName.parse("redis:8-alpine");
    private static final int POSTGRES_PORT = 5432;
    private static final int REDIS_PORT = 6379;

    private DockerBackend() {}

    static boolean isChosenBy(StoreSettings settings) {
        return switch (settings.backend()) {
            case EMBEDDED -> false;
            case DOCKER -> true;
            case AUTO -> mayRun() && DockerClientFactory.instance().isDockerAvailable();
        };
    }

    // Asking Testcontainers costs seconds and a page of warnings where there is no daemon.
    private static boolean mayRun() {
        String home = System.getProperty("user.home");
        Stream<Path> traces = Stream.of(
                Path.of("/var/run/docker.sock"),
                Path.of(Objects.requireNonNullElse(System.getenv("XDG_RUNTIME_DIR"), "/run"), "docker.sock"),
                Path.of(home, ".docker/run/docker.sock"),
                Path.of(home, ".testcontainers.properties"));
        return System.getenv("DOCKER_HOST") != null || traces.anyMatch(Files::exists);
    }

    static Stores start(StoreSettings settings, Teardown teardown) {
        PostgreSQLContainer postgres = started(postgres(settings), teardown);
        GenericContainer<?> redis = started(redis(settings), teardown);
        Login superuser = new Login(postgres.getUsername(), postgres.getPassword());
        return Stores.of(
                PostgresStore.on(server(postgres, POSTGRES_PORT), superuser, superuser.password()),
                RedisStore.on(server(redis, REDIS_PORT)),
                null,
                teardown);
    }

    @SuppressWarnings("resource") // the teardown stops it
    private static PostgreSQLContainer postgres(StoreSettings settings) {
        PostgreSQLContainer container =
                new PostgreSQLContainer(POSTGRES).withUsername("postgres").withPassword(Passwords.random());
        container.setCommand(PostgresProgram.SETTINGS.toArray(String[]::new));
        publish(container, "Postgres", settings.postgresPort(), POSTGRES_PORT, StoreSettings.POSTGRES_PORT);
        return container;
    }

    @SuppressWarnings("resource") // the teardown stops it
    private static GenericContainer<?> redis(StoreSettings settings) {
        GenericContainer<?> container = new GenericContainer<>(REDIS).withExposedPorts(REDIS_PORT);
        container.setCommand(RedisProgram.settings(settings.appendOnly()).toArray(String[]::new));
        publish(container, "Redis", settings.redisPort(), REDIS_PORT, StoreSettings.REDIS_PORT);
        return container;
    }

    private static void publish(
            GenericContainer<?> container, String store, int requested, int inside, String setting) {
        if (requested == 0) {
            return;
        }
        if (!Ports.isFree(requested)) {
            throw new PortTakenException(store, requested, setting);
        }
        container.setPortBindings(List.of("127.0.0.1:" + requested + ":" + inside));
    }

    private static <C extends GenericContainer<?>> C started(C container, Teardown teardown) {
        teardown.add(container::stop);
        container.start();
        return container;
    }

    private static Server server(GenericContainer<?> container, int inside) {
        return new RemoteServer(container.getHost(), container.getMappedPort(inside), container::stop);
    }
}
