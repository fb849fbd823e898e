/**
 * Settings of the billing module, its objects put together, and the loops that run beside the requests.
 */
@NullMarked
package io.tollgate.billing.configuration;

import org.jspecify.annotations.NullMarked;
