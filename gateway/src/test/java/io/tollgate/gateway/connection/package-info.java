/**
 * Connections to clients and upstreams.
 */
@NullMarked
package io.tollgate.gateway.connection;

import org.jspecify.annotations.NullMarked;
