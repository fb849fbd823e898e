/**
 * Who prepays: identity, partition, live position and lots. The live state is Redis', the book state Postgres';
 * an account absent from the first is seeded from the second.
 */
@NullMarked
package io.tollgate.metering.account;

import org.jspecify.annotations.NullMarked;
