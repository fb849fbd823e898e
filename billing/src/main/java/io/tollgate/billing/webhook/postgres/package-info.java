/**
 * The inbox table.
 */
@NullMarked
package io.tollgate.billing.webhook.postgres;

import org.jspecify.annotations.NullMarked;
