/**
 * Load on a running gateway, and the proof that nothing was lost under it. Speaks HTTP only: it knows none of the
 * gateway's classes, so it judges what a client and an operator can see.
 */
@NullMarked
package io.tollgate.loadtest;

import org.jspecify.annotations.NullMarked;
