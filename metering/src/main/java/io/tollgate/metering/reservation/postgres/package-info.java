/**
 * Holds as the book has them: ended.
 */
@NullMarked
package io.tollgate.metering.reservation.postgres;

import org.jspecify.annotations.NullMarked;
