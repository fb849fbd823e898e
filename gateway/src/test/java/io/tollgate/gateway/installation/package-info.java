/** A whole installation on this machine, for the sandbox run and the integration tests: stores, simulators, gateways. */
@NullMarked
package io.tollgate.gateway.installation;

import org.jspecify.annotations.NullMarked;
