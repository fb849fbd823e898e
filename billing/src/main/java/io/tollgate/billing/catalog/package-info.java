/**
 * What is for sale: packs and amounts of the buyer's choice, and how much credit each is worth. Arithmetic on values only.
 */
@NullMarked
package io.tollgate.billing.catalog;

import org.jspecify.annotations.NullMarked;
