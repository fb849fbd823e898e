package io.tollgate.sandbox.stripe;

/** How a dispute begins. */
public enum DisputeStart {
    /** The money is withdrawn at once. */
    NEEDS_RESPONSE("needs_response"),
    /** An inquiry: no money moves unless it becomes a dispute. */
    INQUIRY("warning_needs_response");

    private final String status;

    DisputeStart(String status) {
        this.status = status;
    }

    String status() {
        return status;
    }
}
