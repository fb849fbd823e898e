/**
 * Which models a key may call, in the shape in which OpenAI lists them and with what they cost here.
 */
@NullMarked
package io.tollgate.gateway.models;

import org.jspecify.annotations.NullMarked;
