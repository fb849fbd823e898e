package io.tollgate.metering.usage;

import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.account.Partition;
import io.tollgate.metering.credit.Credits;
import java.util.List;

/**
 * What happened to an account beside the ends of its holds, as its statement shows it.
 *
 * @param position where it was decided; a hold's end that let something expire has the same one
 * @param amountMicros by how much posted changed with it
 * @param charged what was clawed back, from lots or as debt
 * @param lots which lot was filled and which rolled over, or which gave what was clawed back
 * @param postedAfterMicros as the book has it
 * @param command the command's number, 0 for none
 */
public record AccountEvent(
        AccountId account,
        Partition partition,
        EventPosition position,
        UsageEvent.Kind kind,
        String id,
        long atMillis,
        long amountMicros,
        Credits charged,
        Credits uncollected,
        List<LotShare> lots,
        List<LotShare> expired,
        long debtChangeMicros,
        long postedAfterMicros,
        long command) {

    /**
     * An event that is no hold's end.
     *
     * @param grant the grant that came with it, 0 for none
     */
    static AccountEvent of(Partition partition, UsageEvent event, long grant) {
        long filled = LotShare.of(grant, event.lots());
        long debtPaid = event.kind() == UsageEvent.Kind.CLAWED_BACK ? 0 : -event.debtChangeMicros();
        return new AccountEvent(
                event.account(),
                partition,
                event.position(),
                event.kind(),
                event.id(),
                event.atMillis(),
                filled + debtPaid - event.charged().micros() - LotShare.sum(event.expired()),
                event.charged(),
                event.uncollected(),
                event.lots(),
                event.expired(),
                event.debtChangeMicros(),
                event.postedAfterMicros(),
                event.command());
    }

    /** What expired with a hold's end. */
    static AccountEvent breakageOf(Partition partition, UsageEvent end) {
        return new AccountEvent(
                end.account(),
                partition,
                end.position(),
                UsageEvent.Kind.LOTS_EXPIRED,
                end.id(),
                end.atMillis(),
                -LotShare.sum(end.expired()),
                Credits.ZERO,
                Credits.ZERO,
                List.of(),
                end.expired(),
                0,
                end.postedAfterMicros(),
                0);
    }

    public long expiredMicros() {
        return LotShare.sum(expired);
    }
}
