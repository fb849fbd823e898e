/**
 * Stripe's deliveries: verified on their raw bytes, stored, answered, and then worked off by whichever gateway comes first.
 */
@NullMarked
package io.tollgate.billing.webhook;

import org.jspecify.annotations.NullMarked;
