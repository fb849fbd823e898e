@NullMarked
package io.tollgate.metering.background;

import org.jspecify.annotations.NullMarked;
