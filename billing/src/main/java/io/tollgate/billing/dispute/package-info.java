/**
 * What an installation does about fraud: banks' early warnings, and accounts that dispute what they have paid. The money and credit of a
 * dispute are {@code reversal}'s part.
 */
@NullMarked
package io.tollgate.billing.dispute;

import org.jspecify.annotations.NullMarked;
