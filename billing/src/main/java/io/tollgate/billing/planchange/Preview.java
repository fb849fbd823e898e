package io.tollgate.billing.planchange;

import io.tollgate.billing.catalog.Interval;
import io.tollgate.metering.credit.Credits;
import io.tollgate.metering.ledger.Money;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a change would come to.
 *
 * @param charge what is charged at once
 * @param credits what comes at once
 * @param effectiveAt from when on it is the other plan
 * @param renewsAt when the next period is to be paid; null if none follows
 * @param renewal what it will cost; null if none follows
 */
public record Preview(
        Kind kind,
        String plan,
        Interval interval,
        Money charge,
        Credits credits,
        Instant effectiveAt,
        @Nullable Instant renewsAt,
        @Nullable Money renewal,
        Instant proratedAt) {

    /** What the change is confirmed with. It says what was shown, so that nobody is charged anything else. */
    public Stamp stamp() {
        return new Stamp(proratedAt, charge.minor(), credits);
    }
}
