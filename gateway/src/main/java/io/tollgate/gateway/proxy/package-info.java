/**
 * Forwards the bytes of an admitted call and relays the answer, watching for its usage and for every way it can end.
 */
@NullMarked
package io.tollgate.gateway.proxy;

import org.jspecify.annotations.NullMarked;
