/**
 * Connections to clients and to upstreams, on Netty itself: a metered call must cost little more than its bytes. One event loop serves a call from end
 * to end, so nothing here needs a lock.
 */
@NullMarked
package io.tollgate.gateway.connection;

import org.jspecify.annotations.NullMarked;
