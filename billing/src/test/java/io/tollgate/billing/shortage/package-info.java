@NullMarked
package io.tollgate.billing.shortage;

import org.jspecify.annotations.NullMarked;
