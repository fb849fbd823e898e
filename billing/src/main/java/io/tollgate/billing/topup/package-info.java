/**
 * Turns a paid checkout session into credit, once, whoever asks and how often: webhook, success page or reconciler.
 */
@NullMarked
package io.tollgate.billing.topup;

import org.jspecify.annotations.NullMarked;
