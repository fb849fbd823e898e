@NullMarked
package io.tollgate.billing.reversal;

import org.jspecify.annotations.NullMarked;
