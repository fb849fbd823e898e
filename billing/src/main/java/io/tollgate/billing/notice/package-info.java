/**
 * Tells customers and operators what happened: posted with the event itself, delivered afterwards as mail and as signed webhooks,
 * each notice once per channel or, where an outcome is unknown, once more.
 */
@NullMarked
package io.tollgate.billing.notice;

import org.jspecify.annotations.NullMarked;
