/** Where an account stands right now, for its owner's programs: posted, held, available and what is left of which grant. */
@NullMarked
package io.tollgate.gateway.balance;

import org.jspecify.annotations.NullMarked;
