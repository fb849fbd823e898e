/**
 * The metered path over HTTP: real server, real stores, simulated provider.
 */
@NullMarked
package io.tollgate.gateway.proxy;

import org.jspecify.annotations.NullMarked;
