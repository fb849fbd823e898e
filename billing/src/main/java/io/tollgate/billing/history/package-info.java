/**
 * What an account has paid, what went back of it, and its papers: read from the book, with links that Stripe is asked for where they
 * are missing or old.
 */
@NullMarked
package io.tollgate.billing.history;

import org.jspecify.annotations.NullMarked;
