package io.tollgate.sandbox.stripe;

/** How a refund ends; one that had succeeded may still fail. */
public enum RefundEnd {
    SUCCEEDED("succeeded"),
    FAILED("failed"),
    CANCELED("canceled");

    private final String status;

    RefundEnd(String status) {
        this.status = status;
    }

    String status() {
        return status;
    }
}
