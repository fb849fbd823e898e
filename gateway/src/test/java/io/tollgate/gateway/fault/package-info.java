/**
 * Gateways as real processes on real stores, under load, and something breaks: what the clients were told is then held against both stores and the
 * provider's own record.
 */
@NullMarked
package io.tollgate.gateway.fault;

import org.jspecify.annotations.NullMarked;
