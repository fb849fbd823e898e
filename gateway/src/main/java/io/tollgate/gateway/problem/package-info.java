/**
 * Turns whatever goes wrong into HTTP, once: in the dialect's error shape on metered routes, RFC 9457 elsewhere.
 */
@NullMarked
package io.tollgate.gateway.problem;

import org.jspecify.annotations.NullMarked;
