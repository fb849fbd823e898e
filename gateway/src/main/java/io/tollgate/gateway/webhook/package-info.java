/** Where Stripe delivers its events: bytes in, a status out; the inbox in billing decides. */
@NullMarked
package io.tollgate.gateway.webhook;

import org.jspecify.annotations.NullMarked;
