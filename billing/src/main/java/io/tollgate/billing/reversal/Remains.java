package io.tollgate.billing.reversal;

import io.tollgate.metering.credit.Credits;
import java.util.Map;

/**
 * What is left of lots as the live store has them.
 *
 * @param credits by the grant's number; of a grant that is not named nothing is left
 * @param availableMicros what the account has and no call holds; below zero in debt
 */
public record Remains(Map<Long, Credits> credits, long availableMicros) {

    /** For payments of credit that was bought: what was used of it is owed, so nobody asks. */
    public static final Remains NOT_ASKED = new Remains(Map.of(), 0);

    public Remains {
        credits = Map.copyOf(credits);
    }

    public Credits of(long grant) {
        return credits.getOrDefault(grant, Credits.ZERO);
    }
}
