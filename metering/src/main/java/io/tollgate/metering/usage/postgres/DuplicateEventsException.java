package io.tollgate.metering.usage.postgres;

/** Some events of a batch turned out to be booked already: everything is rolled back and done again with a look before. */
final class DuplicateEventsException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    DuplicateEventsException() {
        super("some events were booked before", null, false, false);
    }
}
