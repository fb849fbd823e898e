package io.tollgate.loadtest.api;

/** The target does not answer, or not as agreed: nothing can be measured or judged. */
public final class TargetException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TargetException(String message) {
        super(message);
    }

    TargetException(Exception cause) {
        super(cause.getMessage(), cause);
    }
}
