/**
 * Signed links that let somebody pay for an account without a login. They allow paying and nothing else: whoever holds one sees
 * what is available, no history and no keys.
 */
@NullMarked
package io.tollgate.gateway.topup;

import org.jspecify.annotations.NullMarked;
