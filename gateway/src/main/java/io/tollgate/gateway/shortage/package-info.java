/** Hands refused calls on to billing, which metered calls know nothing of. */
@NullMarked
package io.tollgate.gateway.shortage;

import org.jspecify.annotations.NullMarked;
