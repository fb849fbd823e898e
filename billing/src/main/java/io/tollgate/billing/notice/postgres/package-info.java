/**
 * The tables of notices, their deliveries, and contacts.
 */
@NullMarked
package io.tollgate.billing.notice.postgres;

import org.jspecify.annotations.NullMarked;
