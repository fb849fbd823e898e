/**
 * Accounts in the book of record.
 */
@NullMarked
package io.tollgate.metering.account.postgres;

import org.jspecify.annotations.NullMarked;
