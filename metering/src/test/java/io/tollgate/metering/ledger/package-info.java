@NullMarked
package io.tollgate.metering.ledger;

import org.jspecify.annotations.NullMarked;
