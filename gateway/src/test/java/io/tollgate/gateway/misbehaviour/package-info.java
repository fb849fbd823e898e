/**
 * An upstream that does to its callers whatever a test has written down for it, byte by byte, and keeps account of it; and clients that leave wherever they
 * like.
 */
@NullMarked
package io.tollgate.gateway.misbehaviour;

import org.jspecify.annotations.NullMarked;
