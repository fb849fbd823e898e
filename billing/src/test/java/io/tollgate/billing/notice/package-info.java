@NullMarked
package io.tollgate.billing.notice;

import org.jspecify.annotations.NullMarked;
