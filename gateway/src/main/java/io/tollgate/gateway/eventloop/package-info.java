/**
 * One set of event loops for the server, the upstream clients and the stores, so that a call never changes its thread.
 */
@NullMarked
package io.tollgate.gateway.eventloop;

import org.jspecify.annotations.NullMarked;
