package io.tollgate.sandbox.stores;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A Postgres with the roles of production: {@code tollgate_owner} owns databases and runs migrations,
 * {@code tollgate_app} may connect and see what it is granted. Databases are cut from a template that holds both grants.
 */
public final class PostgresStore {
    private static final String OWNER = "tollgate_owner";
    private static final String APP = "tollgate_app";
    private static final String TEMPLATE = "tollgate_empty";

    private final Server server;
    private final Login superuser;
    private final Database main;
    // Unique beyond this JVM: several may share one server.
    private final String freshPrefix =
            "tollgate_" + Long.toString(ProcessHandle.current().pid(), 36) + Long.toString(System.nanoTime(), 36) + "_";
    private final AtomicInteger handedOut = new AtomicInteger();

    private PostgresStore(Server server, Login superuser, Database main) {
        this.server = server;
        this.superuser = superuser;
        this.main = main;
    }

    /** Brings the server to the state above, whether it is new or has been here before. */
    static PostgresStore on(Server server, Login superuser, String passwordSeed) {
        Login owner = new Login(OWNER, Passwords.derive(passwordSeed, OWNER));
        Login app = new Login(APP, Passwords.derive(passwordSeed, APP));
        PostgresStore store = new PostgresStore(
                server, superuser, new Database(server.host(), server.port(), "tollgate", owner, app));
        store.createRolesAndTemplate();
        return store;
    }

    public String host() {
        return server.host();
    }

    public int port() {
        return server.port();
    }

    /** The database named {@code tollgate}. */
    public Database database() {
        return main;
    }

    /** Another empty database; it goes away with the server. */
    public Database freshDatabase() {
        return copyOf(main.named(TEMPLATE));
    }

    /**
     * A database with the tables, rows and grants of {@code prepared}, faster than migrating again. Nobody may be
     * connected to {@code prepared} meanwhile.
     */
    public Database copyOf(Database prepared) {
        Database fresh = main.named(freshPrefix + handedOut.incrementAndGet());
        inAdminDatabase(sql -> createDatabase(sql, fresh.name(), prepared.name()));
        return fresh;
    }

    /** All that a database has now, as another one; whoever is connected to it is cut off. */
    public Database standbyOf(Database busy) {
        Database standby = main.named(freshPrefix + handedOut.incrementAndGet());
        inAdminDatabase(sql -> {
            cutOff(sql, busy);
            createDatabase(sql, standby.name(), busy.name());
        });
        return standby;
    }

    /** Puts a standby in a database's place, without what was committed since; whoever is connected is cut off. */
    public void promote(Database standby, Database lost) {
        inAdminDatabase(sql -> {
            cutOff(sql, lost);
            sql.execute("DROP DATABASE " + lost.name());
            sql.execute("ALTER DATABASE " + standby.name() + " RENAME TO " + lost.name());
        });
    }

    private static void cutOff(Statement sql, Database database) throws SQLException {
        sql.execute("SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = '" + database.name()
                + "'");
    }

    /** SIGKILL to all of Postgres: what was committed is there after {@link #start()}, the rest is not. */
    public void kill() {
        server.kill();
    }

    /** Starts a killed server on the same port and data; returns when it answers. */
    public void start() {
        server.start();
    }

    /** SIGSTOP: connections stay open and nothing answers. */
    public void pause() {
        server.pause();
    }

    public void resume() {
        server.resume();
    }

    private void createRolesAndTemplate() {
        inAdminDatabase(sql -> {
            sql.execute("SELECT pg_advisory_lock(7077)"); // of the session: released when it ends
            createRole(sql, main.owner());
            createRole(sql, main.app());
            if (!exists(sql, "SELECT FROM pg_database WHERE datname = '" + TEMPLATE + "'")) {
                createTemplate(sql);
            }
            if (!exists(sql, "SELECT FROM pg_database WHERE datname = '" + main.name() + "'")) {
                createDatabase(sql, main.name(), TEMPLATE);
            }
        });
    }

    private void createTemplate(Statement sql) throws SQLException {
        createDatabase(sql, TEMPLATE, "template0");
        inDatabase(TEMPLATE, grants -> {
            grants.execute("ALTER SCHEMA public OWNER TO " + OWNER);
            grants.execute("REVOKE ALL ON SCHEMA public FROM PUBLIC");
            grants.execute("GRANT USAGE ON SCHEMA public TO " + APP);
        });
    }

    private static void createRole(Statement sql, Login login) throws SQLException {
        String verb = exists(sql, "SELECT FROM pg_roles WHERE rolname = '" + login.user() + "'") ? "ALTER" : "CREATE";
        sql.execute(verb + " ROLE " + login.user() + " LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD '"
                + login.password() + "'");
    }

    // A template's grants on tables and schemas are copied with it, those on the database itself are not.
    private static void createDatabase(Statement sql, String name, String template) throws SQLException {
        sql.execute("CREATE DATABASE " + name + " OWNER " + OWNER + " TEMPLATE " + template);
        sql.execute("REVOKE ALL ON DATABASE " + name + " FROM PUBLIC");
        sql.execute("GRANT CONNECT ON DATABASE " + name + " TO " + APP);
    }

    private static boolean exists(Statement sql, String query) throws SQLException {
        try (ResultSet rows = sql.executeQuery(query)) {
            return rows.next();
        }
    }

    private void inAdminDatabase(Work work) {
        inDatabase("postgres", work);
    }

    private void inDatabase(String name, Work work) {
        try (Connection connection = DriverManager.getConnection(
                        main.named(name).jdbcUrl(), superuser.user(), superuser.password());
                Statement sql = connection.createStatement()) {
            work.with(sql);
        } catch (SQLException e) {
            throw new IllegalStateException("Postgres refused: " + e.getMessage(), e);
        }
    }

    private interface Work {
        void with(Statement sql) throws SQLException;
    }
}
