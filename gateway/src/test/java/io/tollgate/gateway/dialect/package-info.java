/**
 * What requests mean and what answers cost, byte by byte.
 */
@NullMarked
package io.tollgate.gateway.dialect;

import org.jspecify.annotations.NullMarked;
