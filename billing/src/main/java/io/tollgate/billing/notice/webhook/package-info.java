/**
 * Notices as signed webhooks.
 */
@NullMarked
package io.tollgate.billing.notice.webhook;

import org.jspecify.annotations.NullMarked;
