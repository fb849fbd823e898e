/**
 * What both stores have in common for their callers: how they fail.
 */
@NullMarked
package io.tollgate.metering.store;

import org.jspecify.annotations.NullMarked;
