/**
 * Double entry: transactions whose signed entries sum to zero in each of their units. Append-only.
 *
 * <p>Signs. In money a debit is positive and a credit negative: {@code stripe:clearing:usd +900} (Stripe owes us), {@code
 * deferred:usd -900} (we owe service). In credits what an account has is positive: {@code customer:<id> +100}; an account that
 * credit comes from goes down, one that it is used up into goes up, so {@code deferred:usd} falls by what is sold, {@code
 * revenue:usd} rises by what of it is used, and {@code promotions} does both for credit that was not bought. Charges beyond all
 * lots rise {@code debt} until a grant pays them; what is never charged is written off from {@code bad-debt}. What expires goes to
 * {@code breakage}, what is taken back to where it came from; the money for the one is earned, for the other it is in {@code
 * refunds:usd} until it is paid back.
 *
 * <p>Money as it moves: a plan's payment out of {@code revenue:usd} into {@code stripe:clearing:usd}, since no credit was bought with
 * it; a refund or a dispute's withdrawal out of {@code stripe:clearing:usd} into {@code refunds:usd}; both the other way round where
 * they come to nothing.
 */
@NullMarked
package io.tollgate.metering.ledger;

import org.jspecify.annotations.NullMarked;
