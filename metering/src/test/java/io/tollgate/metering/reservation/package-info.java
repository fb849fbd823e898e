/** What every live store must do, and the model it is compared with. */
@NullMarked
package io.tollgate.metering.reservation;

import org.jspecify.annotations.NullMarked;
