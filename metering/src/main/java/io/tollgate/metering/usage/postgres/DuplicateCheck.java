package io.tollgate.metering.usage.postgres;

/**
 * When a batch finds out that an event was booked before. That only happens after one of the stores has lost something, so
 * the lookup is spared until an insert has stumbled.
 */
enum DuplicateCheck {
    ON_INSERT,
    BEFORE
}
