@NullMarked
package io.tollgate.metering.grant.postgres;

import org.jspecify.annotations.NullMarked;
