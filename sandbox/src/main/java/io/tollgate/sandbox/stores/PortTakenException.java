package io.tollgate.sandbox.stores;

/** A store was told to listen where somebody else already does. */
public final class PortTakenException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    PortTakenException(String store, int port, String setting) {
        super("Port %d is taken, so %s cannot listen on it. Free it, or choose another with %s (0 picks a free one)."
                .formatted(port, store, setting));
    }
}
