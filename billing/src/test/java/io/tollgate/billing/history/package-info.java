@NullMarked
package io.tollgate.billing.history;

import org.jspecify.annotations.NullMarked;
