@NullMarked
package io.tollgate.metering.usage;

import org.jspecify.annotations.NullMarked;
