/**
 * Everything on one machine with one command: stores, a simulated AI provider, a simulated Stripe and the gateway in this JVM. The
 * integration tests start the same pieces the same way.
 */
@NullMarked
package io.tollgate.gateway.sandbox;

import org.jspecify.annotations.NullMarked;
