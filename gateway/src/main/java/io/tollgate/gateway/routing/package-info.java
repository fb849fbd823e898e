/**
 * Which path leads to which upstream under which prices and bounds.
 */
@NullMarked
package io.tollgate.gateway.routing;

import org.jspecify.annotations.NullMarked;
