/**
 * The way from a call that is refused for lack of credit to whoever may do something about it. Calls are never held up by it and know
 * nobody who listens.
 */
@NullMarked
package io.tollgate.billing.shortage;

import org.jspecify.annotations.NullMarked;
