package io.tollgate.sandbox.stores;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/**
 * One Postgres database with its two logins: {@code owner} runs migrations, {@code app} owns nothing and sees only what
 * a migration grants to it. The URLs carry no credentials.
 */
public record Database(String host, int port, String name, Login owner, Login app) {
    public String jdbcUrl() {
        return "jdbc:postgresql://" + host + ":" + port + "/" + name;
    }

    public String r2dbcUrl() {
        return "r2dbc:postgresql://" + host + ":" + port + "/" + name;
    }

    /** The caller closes the connection. */
    public Connection connect(Login login) throws SQLException {
        return DriverManager.getConnection(jdbcUrl(), login.user(), login.password());
    }

    Database named(String other) {
        return new Database(host, port, other, owner, app);
    }
}
