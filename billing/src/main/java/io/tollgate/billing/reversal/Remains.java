package io.tollgate.billing.reversal;

import io.tollgate.metering.credit.Credits;
import java.util.Map;

/**
 * What is left of lots as the live store has them.
 *
 * @param credits by the grant's number; a grant that is not named has not arrived, and all of it is left
 * @param availableMicros what the account has and no call holds; below zero in debt
 */
public record Remains(Map<Long, Credits> credits, long availableMicros) {

    public Remains {
        credits = Map.copyOf(credits);
    }
}
