/**
 * Who is calling: API keys, stored as SHA-256 only, cached for a second.
 */
@NullMarked
package io.tollgate.gateway.authentication;

import org.jspecify.annotations.NullMarked;
