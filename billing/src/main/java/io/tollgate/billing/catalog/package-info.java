/**
 * What is for sale: packs, amounts of the buyer's choice and plans, and how much credit each is worth. Arithmetic on values, and the
 * lines in which people write them down.
 */
@NullMarked
package io.tollgate.billing.catalog;

import org.jspecify.annotations.NullMarked;
