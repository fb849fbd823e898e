package io.tollgate.loadtest.benchmark;

/** What was measured was not what should have been. */
final class UnsoundException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnsoundException(String message) {
        super(message);
    }
}
