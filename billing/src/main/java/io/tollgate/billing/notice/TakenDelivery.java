package io.tollgate.billing.notice;

import io.tollgate.metering.account.AccountId;
import java.time.Instant;
import java.util.Map;

/**
 * A delivery that somebody has taken.
 *
 * @param number the notice's: the same at each try and for each channel
 * @param attempts how often it was taken, this time included
 * @param unsure how many of these may have told it, this one included
 */
public record TakenDelivery(
        long number,
        Channel channel,
        AccountId account,
        Notice.Kind kind,
        Map<String, String> facts,
        Instant postedAt,
        int attempts,
        int unsure) {

    public TakenDelivery {
        facts = Map.copyOf(facts);
    }

    /** What receivers know it by. */
    public String id() {
        return "notice_" + number;
    }
}
