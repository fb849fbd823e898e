package io.tollgate.metering.usage;

/** An event contradicts the book. Stays within the booking of a batch. */
final class UnbookableException extends Exception {

    private static final long serialVersionUID = 1L;

    UnbookableException(String message) {
        super(message);
    }

    UnbookableException(String message, Throwable cause) {
        super(message, cause);
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
