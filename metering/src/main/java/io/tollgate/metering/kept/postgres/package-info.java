/** Where the book stands, asked about settles; and the wiring of what is kept. */
@NullMarked
package io.tollgate.metering.kept.postgres;

import org.jspecify.annotations.NullMarked;
