package io.tollgate.sandbox.stores;

/** Whether Redis keeps an append-only file: without one a killed Redis comes back empty. */
public enum AppendOnly {
    OFF,
    /** Synced once a second, as production runs it; a kill loses nothing here since the machine stays up. */
    EVERYSEC
}
