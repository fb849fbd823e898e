/** What holds for the module as a whole. */
@NullMarked
package io.tollgate.metering;

import org.jspecify.annotations.NullMarked;
