package io.tollgate.sandbox.stores;

/** A Postgres role that may log in; the password stays out of {@link #toString()} and so out of logs. */
public record Login(String user, String password) {
    @Override
    public String toString() {
        return "Login[" + user + "]";
    }
}
