/**
 * What this gateway remembers of its settles until the book has them: after the live store lost data, those that neither store has
 * are sent again. Nothing here knows about HTTP, Redis or Spring.
 */
@NullMarked
package io.tollgate.metering.kept;

import org.jspecify.annotations.NullMarked;
