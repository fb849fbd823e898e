/**
 * What clients were told, call by call, as the load wrote it down: the client's side of the conservation check.
 */
@NullMarked
package io.tollgate.loadtest.call;

import org.jspecify.annotations.NullMarked;
