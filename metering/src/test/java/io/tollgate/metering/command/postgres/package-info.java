@NullMarked
package io.tollgate.metering.command.postgres;

import org.jspecify.annotations.NullMarked;
