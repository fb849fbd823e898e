/**
 * How every Redis adapter reaches Redis: one connection per event loop, scripts composed from fragments, keys by partition. Knows no
 * feature but the account's identity; used by adapters only.
 */
@NullMarked
package io.tollgate.metering.redis;

import org.jspecify.annotations.NullMarked;
