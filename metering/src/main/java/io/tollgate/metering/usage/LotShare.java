package io.tollgate.metering.usage;

import io.tollgate.metering.credit.Credits;

/** The part of an event that one lot bore: what it paid of a charge, or what a grant put into it. */
public record LotShare(long grant, Credits amount) {}
