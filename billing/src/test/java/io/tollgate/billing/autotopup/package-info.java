@NullMarked
package io.tollgate.billing.autotopup;

import org.jspecify.annotations.NullMarked;
