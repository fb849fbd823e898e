package io.tollgate.gateway.upstream;

/** Why an attempt has brought no answer that is passed on. */
public enum Failure {
    /** No connection could be had, or not in time. */
    UNREACHABLE(Health.ILL),
    /** The answer did not begin in time. */
    SLOW(Health.ILL),
    /** The connection ended, or what came is no answer, before the client was told anything. */
    BROKEN(Health.ILL),
    /** The upstream says itself that it failed: a status of 500 or above. */
    FAILED(Health.ILL),
    /** The upstream has had enough calls: a status of 429. */
    LIMITED(Health.WELL),
    /** All connections that it may have are in use: our bound, not its fault. */
    CROWDED(Health.WELL);

    /** What a failure says of an upstream's health. */
    private enum Health {
        ILL,
        WELL
    }

    private final Health health;

    Failure(Health health) {
        this.health = health;
    }

    boolean isOfHealth() {
        return health == Health.ILL;
    }
}
