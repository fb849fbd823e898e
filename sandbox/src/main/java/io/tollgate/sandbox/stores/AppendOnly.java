package io.tollgate.sandbox.stores;

/** Whether Redis keeps an append-only file: without one a killed Redis comes back empty. */
public enum AppendOnly {
    OFF,
    /**
     * Synced once a second, as production runs it. A kill too may lose the last two seconds: Redis holds writes to the file
     * back while a sync is under way.
     */
    EVERYSEC
}
