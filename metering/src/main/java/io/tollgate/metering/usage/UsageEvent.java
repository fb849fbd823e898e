package io.tollgate.metering.usage;

import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.credit.Credits;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the live store decided, once, and what it did to the account. {@code (id, kind)} names it among all events.
 *
 * @param id the hold's id or, for the effect of a command, the command's
 * @param held what the hold kept until it ended; zero for commands and for a late settle
 * @param uncollected what was used but could not be charged
 * @param lots which lots paid the charge, or which lot the grant filled and with how much of it (the rest paid debt)
 * @param expired what went unused with this event, by lot: at its expiry, or later, when the holds that still kept it ended
 * @param debtChangeMicros signed; debt made by a charge is positive, debt paid by a grant negative
 * @param postedAfterMicros below zero is debt
 * @param command the command's number, 0 where the event is no command's effect
 * @param detail null where nothing is known of the call: commands other than a late charge, expiry
 */
public record UsageEvent(
        EventPosition position,
        Kind kind,
        String id,
        AccountId account,
        Credits held,
        Credits charged,
        Credits uncollected,
        List<LotShare> lots,
        List<LotShare> expired,
        long debtChangeMicros,
        long postedAfterMicros,
        long command,
        long atMillis,
        @Nullable UsageDetail detail) {

    /** What happened. */
    public enum Kind {
        /** A hold ended with a charge. */
        SETTLED,
        /** A hold ended without one. */
        RELEASED,
        /** A hold ended because its deadline passed. */
        EXPIRED,
        /** A grant's command took effect. */
        GRANTED,
        /** A late charge's command took effect. */
        CHARGED,
        FROZEN,
        THAWED,
        /** The account's lots met their expiry. */
        LOTS_EXPIRED,
        /** A clawback's command took effect: charged to the lots named and to debt. */
        CLAWED_BACK,
        /**
         * An allowance's command took effect: lots tell what it filled, then what of older ones rolled over; expired what ended for
         * it.
         */
        ALLOWANCE_REPLACED,
        /** Allowances ended before their time, and none came in their place: expired tells what of them ended for it. */
        ALLOWANCES_ENDED,
        CLOSED
    }

    public UsageEvent {
        lots = List.copyOf(lots);
        expired = List.copyOf(expired);
    }

    /** The same event with another posted behind it. */
    UsageEvent leaving(long postedMicros) {
        return postedMicros == postedAfterMicros
                ? this
                : new UsageEvent(
                        position,
                        kind,
                        id,
                        account,
                        held,
                        charged,
                        uncollected,
                        lots,
                        expired,
                        debtChangeMicros,
                        postedMicros,
                        command,
                        atMillis,
                        detail);
    }
}
