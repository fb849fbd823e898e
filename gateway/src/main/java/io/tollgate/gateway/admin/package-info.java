/**
 * The operator's API: accounts, keys, credit, and the figures by which the two stores are compared. Off unless a token is set.
 */
@NullMarked
package io.tollgate.gateway.admin;

import org.jspecify.annotations.NullMarked;
