/**
 * Which of a route's upstreams answers a call: by weight, by health (a breaker and a bulkhead for each), by what has failed already. Knows nothing
 * of connections and bytes.
 */
@NullMarked
package io.tollgate.gateway.upstream;

import org.jspecify.annotations.NullMarked;
