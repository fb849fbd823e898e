/** The tables of automatic top-ups. */
@NullMarked
package io.tollgate.billing.autotopup.postgres;

import org.jspecify.annotations.NullMarked;
