/** Spring Cloud Gateway as its own documentation sets it up with a RequestRateLimiter, to be measured beside the product. */
@NullMarked
package io.tollgate.loadtest.springcloudgateway;

import org.jspecify.annotations.NullMarked;
