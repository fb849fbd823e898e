package io.tollgate.loadtest.api;

/** An account made for a run, with its API key, which is shown this once. */
public record LoadAccount(String id, String key) {

    /** Without the key: this ends up in logs. */
    @Override
    public String toString() {
        return "LoadAccount[" + id + "]";
    }
}
