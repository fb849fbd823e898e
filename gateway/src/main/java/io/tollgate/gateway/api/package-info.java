/**
 * What the owner of an API key can do with it besides calling models: see the balance and the statement, see what is for sale, start a
 * checkout.
 */
@NullMarked
package io.tollgate.gateway.api;

import org.jspecify.annotations.NullMarked;
