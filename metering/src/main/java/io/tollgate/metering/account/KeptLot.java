package io.tollgate.metering.account;

import io.tollgate.metering.credit.Credits;

/**
 * What is left of an expired lot because holds that were open when it expired may still be charged to it. It goes as they end, and
 * no later hold can use it.
 *
 * @param grant the lot's
 * @param generation which expiry it was, counted per account: the holds of lower generations are the older ones
 * @param ceiling what the older holds keep in total, which the remaining never exceeds
 */
public record KeptLot(long grant, Credits remaining, long generation, Credits ceiling) {}
