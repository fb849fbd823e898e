package io.tollgate.sandbox.stripe;

/** How a dispute ends. */
public enum DisputeEnd {
    /** The money comes back. */
    WON("won"),
    LOST("lost"),
    /** An inquiry that never became a dispute. */
    INQUIRY_CLOSED("warning_closed"),
    /** Settled with the cardholder's bank before it was one; the money is gone. */
    PREVENTED("prevented");

    private final String status;

    DisputeEnd(String status) {
        this.status = status;
    }

    String status() {
        return status;
    }
}
