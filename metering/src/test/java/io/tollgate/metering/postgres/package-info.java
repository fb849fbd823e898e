@NullMarked
package io.tollgate.metering.postgres;

import org.jspecify.annotations.NullMarked;
