package io.tollgate.sandbox.stores;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StoresTest {
    private Stores stores;

    @BeforeAll
    void start() {
        stores = Stores.start(StoreSettings.embedded().withAppendOnly(AppendOnly.EVERYSEC));
    }

    @AfterAll
    void stop() {
        stores.close();
    }

    @Nested
    class Databases {
        @Test
        void letTheOwnerCreateTablesAndGrantThem() throws SQLException {
            Database database = stores.postgres().freshDatabase();

            run(database, database.owner(), "CREATE TABLE entry (id int)", "GRANT INSERT ON entry TO tollgate_app");
            run(database, database.app(), "INSERT INTO entry VALUES (7)");

            assertThat(count(database, "entry")).isEqualTo(1);
        }

        @Test
        void giveTheApplicationNothingBeyondItsGrants() throws SQLException {
            Database database = stores.postgres().freshDatabase();
            run(database, database.owner(), "CREATE TABLE entry (id int)");

            assertThatThrownBy(() -> run(database, database.app(), "SELECT * FROM entry"))
                    .hasMessageContaining("permission denied for table entry");
            assertThatThrownBy(() -> run(database, database.app(), "CREATE TABLE mine (id int)"))
                    .hasMessageContaining("permission denied for schema public");
            assertThatThrownBy(() -> run(database, database.app(), "CREATE TEMPORARY TABLE mine (id int)"))
                    .hasMessageContaining("permission denied to create temporary tables");
        }

        @Test
        void areNotVisibleToOtherRoles() {
            Database database = stores.postgres().freshDatabase();
            Login stranger = new Login("stranger", "secret");

            assertThatThrownBy(() -> run(database, stranger, "SELECT 1")).isInstanceOf(SQLException.class);
        }

        @Test
        void areSeparate() throws SQLException {
            Database one = stores.postgres().freshDatabase();
            Database other = stores.postgres().freshDatabase();
            run(one, one.owner(), "CREATE TABLE entry (id int)");

            assertThat(other.name()).isNotEqualTo(one.name());
            assertThatThrownBy(() -> count(other, "entry")).hasMessageContaining("does not exist");
        }

        @Test
        void canBeCopiedWithTablesAndGrants() throws SQLException {
            Database prepared = stores.postgres().freshDatabase();
            run(prepared, prepared.owner(), "CREATE TABLE entry (id int)", "GRANT INSERT ON entry TO tollgate_app");

            Database copy = stores.postgres().copyOf(prepared);
            run(copy, copy.app(), "INSERT INTO entry VALUES (1)");

            assertThat(count(copy, "entry")).isEqualTo(1);
            assertThat(count(prepared, "entry")).isZero();
        }

        @Test
        void startWithTheOneNamedTollgate() throws SQLException {
            Database main = stores.postgres().database();

            assertThat(main.jdbcUrl()).isEqualTo("jdbc:postgresql://127.0.0.1:" + main.port() + "/tollgate");
            assertThat(main.r2dbcUrl()).isEqualTo("r2dbc:postgresql://127.0.0.1:" + main.port() + "/tollgate");
            run(main, main.app(), "SELECT 1");
        }

        @Test
        void keepPasswordsOutOfLogs() {
            Database main = stores.postgres().database();

            assertThat(main.toString())
                    .doesNotContain(main.owner().password(), main.app().password());
        }
    }

    @Nested
    class LogicalDatabases {
        @Test
        void areEmptyAndApart() {
            String one = stores.redis().freshUri();
            String other = stores.redis().freshUri();

            set(one, "key", "value");

            assertThat(get(one, "key")).isEqualTo("value");
            assertThat(get(other, "key")).isNull();
            assertThat(get(stores.redis().uri(), "key")).isNull();
        }

        @Test
        void comeBackEmptyWhenHandedOutAgain() {
            String first = stores.redis().freshUri();
            set(first, "key", "value");

            List<String> next =
                    Stream.generate(stores.redis()::freshUri).limit(15).toList();

            assertThat(next.getLast()).isEqualTo(first);
            assertThat(get(first, "key")).isNull();
        }

        @Test
        void areAllEmptiedByAFlush() {
            String uri = stores.redis().freshUri();
            set(uri, "key", "value");

            stores.redis().flush();

            assertThat(get(uri, "key")).isNull();
        }
    }

    @Nested
    class Faults {
        @Test
        void killingPostgresLosesNothingCommitted() throws SQLException {
            Database database = stores.postgres().freshDatabase();
            run(database, database.owner(), "CREATE TABLE entry (id int)", "INSERT INTO entry VALUES (1)");

            stores.postgres().kill();
            assertThatThrownBy(() -> count(database, "entry")).isInstanceOf(SQLException.class);
            stores.postgres().start();

            assertThat(count(database, "entry")).isEqualTo(1);
        }

        @Test
        void killingRedisLosesNothingThatIsInTheAppendOnlyFile() {
            String uri = stores.redis().freshUri();
            set(uri, "key", "value");
            awaitAppendOnlyFile(uri);

            stores.redis().kill();
            assertThatThrownBy(() -> get(uri, "key")).hasMessageContaining("Unable to connect");
            stores.redis().start();

            assertThat(get(uri, "key")).isEqualTo("value");
        }

        @Test
        void aPausedRedisAnswersOnceItIsResumed() throws IOException {
            stores.redis().pause();
            try (RedisConnection redis =
                    RedisConnection.open(stores.redis().host(), stores.redis().port())) {
                assertThatThrownBy(() -> redis.within(Duration.ofMillis(200)).call("PING"))
                        .isInstanceOf(SocketTimeoutException.class);
            } finally {
                stores.redis().resume();
            }

            assertThat(get(stores.redis().uri(), "key")).isNull();
        }

        @Test
        void aPausedPostgresAnswersOnceItIsResumed() throws SQLException {
            Database main = stores.postgres().database();
            stores.postgres().pause();
            try {
                String url = main.jdbcUrl() + "?connectTimeout=1&socketTimeout=1&loginTimeout=1";
                assertThatThrownBy(() -> DriverManager.getConnection(
                                        url, main.app().user(), main.app().password())
                                .close())
                        .isInstanceOf(SQLException.class);
            } finally {
                stores.postgres().resume();
            }

            run(main, main.app(), "SELECT 1");
        }
    }

    @Nested
    class Ports {
        @Test
        void alreadyTakenAreNamedWithTheSettingThatChangesThem() throws IOException {
            try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                int port = taken.getLocalPort();

                assertThatThrownBy(() -> Stores.start(StoreSettings.embedded().withRedisPort(port)))
                        .isInstanceOf(PortTakenException.class)
                        .hasMessageContaining(Integer.toString(port))
                        .hasMessageContaining("Redis")
                        .hasMessageContaining("TOLLGATE_REDIS_PORT");
                assertThatThrownBy(() -> Stores.start(StoreSettings.embedded().withPostgresPort(port)))
                        .isInstanceOf(PortTakenException.class)
                        .hasMessageContaining("Postgres")
                        .hasMessageContaining("TOLLGATE_POSTGRES_PORT");
            }
        }
    }

    @Nested
    class Closing {
        @Test
        void leavesNoProcessAndNoDirectory() {
            Set<ProcessHandle> before = processes();
            Stores closed = Stores.start(StoreSettings.embedded());
            Path directory = Objects.requireNonNull(closed.directory());
            Set<ProcessHandle> processes = processes();
            processes.removeAll(before);
            assertThat(processes).hasSizeGreaterThanOrEqualTo(2);

            closed.close();

            assertThat(processes).noneMatch(ProcessHandle::isAlive);
            assertThat(directory).doesNotExist();
        }

        @Test
        void keepsADirectoryThatWasGiven(@TempDir Path directory) throws SQLException {
            StoreSettings settings =
                    StoreSettings.embedded().withDirectory(directory).withAppendOnly(AppendOnly.EVERYSEC);
            try (Stores first = Stores.start(settings)) {
                Database main = first.postgres().database();
                run(main, main.owner(), "CREATE TABLE entry (id int)", "INSERT INTO entry VALUES (1)");
                set(first.redis().uri(), "key", "value");
            }

            try (Stores second = Stores.start(settings)) {
                assertThat(count(second.postgres().database(), "entry")).isEqualTo(1);
                assertThat(get(second.redis().uri(), "key")).isEqualTo("value");
            }
        }
    }

    private static Set<ProcessHandle> processes() {
        return ProcessHandle.current().descendants().collect(Collectors.toCollection(HashSet::new));
    }

    private static void run(Database database, Login login, String... statements) throws SQLException {
        try (Connection connection = database.connect(login);
                Statement sql = connection.createStatement()) {
            for (String statement : statements) {
                sql.execute(statement);
            }
        }
    }

    private static long count(Database database, String table) throws SQLException {
        try (Connection connection = database.connect(database.owner());
                Statement sql = connection.createStatement();
                ResultSet rows = sql.executeQuery("SELECT count(*) FROM " + table)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    // While a sync is under way, Redis answers before it writes.
    private static void awaitAppendOnlyFile(String uri) {
        try (RedisClient client = RedisClient.create(uri);
                StatefulRedisConnection<String, String> redis = client.connect()) {
            while (!redis.sync().info("persistence").contains("aof_buffer_length:0")) {
                LockSupport.parkNanos(1_000_000);
            }
        }
    }

    private static void set(String uri, String key, String value) {
        try (RedisClient client = RedisClient.create(uri);
                StatefulRedisConnection<String, String> redis = client.connect()) {
            redis.sync().set(key, value);
        }
    }

    private static @Nullable String get(String uri, String key) {
        try (RedisClient client = RedisClient.create(uri);
                StatefulRedisConnection<String, String> redis = client.connect()) {
            return redis.sync().get(key);
        }
    }
}
