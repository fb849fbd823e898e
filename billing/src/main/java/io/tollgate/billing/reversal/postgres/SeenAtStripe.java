package io.tollgate.billing.reversal.postgres;

import io.tollgate.billing.notice.Fact;
import io.tollgate.billing.notice.Notice;
import io.tollgate.billing.notice.Notices;
import io.tollgate.billing.payment.Payment;
import io.tollgate.billing.reversal.Change;
import io.tollgate.billing.reversal.Claims;
import io.tollgate.billing.reversal.DisputePhase;
import io.tollgate.billing.reversal.RefundPhase;
import io.tollgate.billing.reversal.SeenDispute;
import io.tollgate.billing.reversal.SeenRefund;
import io.tollgate.billing.reversal.WhenLost;
import io.tollgate.billing.reversal.postgres.MoneyMoves.Movement;
import io.tollgate.metering.ledger.LedgerTransaction.Kind;
import io.tollgate.metering.ledger.Money;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Writes down a refund or a dispute that is new or has gone on, and what follows beside the credit. Under the account's lock. */
final class SeenAtStripe {

    private final ReversalRows rows;
    private final MoneyMoves money;
    private final Freezes freezes;
    private final Notices notices;
    private final WhenLost whenLost;

    SeenAtStripe(ReversalRows rows, MoneyMoves money, Freezes freezes, Notices notices, WhenLost whenLost) {
        this.rows = rows;
        this.money = money;
        this.freezes = freezes;
        this.notices = notices;
        this.whenLost = whenLost;
    }

    /**
     * Where it is written down.
     *
     * @param basisMinor what was booked as paid: without what was paid beyond the price, as taxes
     */
    record Place(Payment payment, long basisMinor, Out out, Tally tally) {

        private Money amount(long minor) {
            return new Money(minor, payment.paid().currency());
        }

        /** What of the basis has left with money that leaves, or came back with money that does. */
        private Movement movement(Kind kind, String cause, long outMinor) {
            long before = ofBasis(out.minor);
            out.minor += outMinor;
            return new Movement(kind, cause, payment.account(), payment.paid().currency(), ofBasis(out.minor) - before);
        }

        private long ofBasis(long minor) {
            return Claims.share(basisMinor, minor, payment.paid().minor());
        }
    }

    /** The money that is out in all, kept as it moves: so the parts of the basis add up to the whole of it. */
    static final class Out {

        private long minor;

        Out(long minor) {
            this.minor = minor;
        }
    }

    Mono<Void> refund(SeenRefund refund, @Nullable RefundPhase before, Place place) {
        if (before != null && !refund.phase().follows(before)) {
            return Mono.empty();
        }
        long moved = moved(before != null && before.isOut(), refund.phase().isOut(), refund.amountMinor());
        Money amount = place.amount(refund.amountMinor());
        place.tally().add(new Change.OfRefund(refund.id(), refund.phase(), amount));
        return (before == null ? rows.add(place.payment(), refund) : rows.move(refund))
                .then(refund.phase().isOut() ? Mono.empty() : rows.cameToNothing(refund))
                .then(money.book(place.movement(Kind.REFUND, "refund:" + refund.id() + ":" + refund.phase(), moved)))
                .then(refund.phase() == RefundPhase.SUCCEEDED ? told(refund, amount, place) : Mono.empty());
    }

    Mono<Void> dispute(SeenDispute dispute, @Nullable DisputePhase before, Place place) {
        if (before != null && !dispute.phase().follows(before)) {
            return Mono.empty();
        }
        long moved = moved(before != null && before.isOut(), dispute.phase().isOut(), dispute.amountMinor());
        Money amount = place.amount(dispute.amountMinor());
        place.tally().add(new Change.OfDispute(dispute.id(), dispute.phase(), amount, dispute.reason()));
        return (before == null ? rows.add(place.payment(), dispute) : rows.move(dispute))
                .then(money.book(
                        place.movement(Kind.DISPUTE, "dispute:" + dispute.id() + ":" + dispute.phase(), moved)))
                .then(Mono.defer(() -> freezeOrThaw(dispute, amount, place)));
    }

    private static long moved(boolean wasOut, boolean isOut, long amountMinor) {
        return (isOut ? amountMinor : 0) - (wasOut ? amountMinor : 0);
    }

    // One that is first heard of when it is lost froze nothing yet; where it would have, it does now.
    private Mono<Void> freezeOrThaw(SeenDispute dispute, Money amount, Place place) {
        return switch (dispute.phase()) {
            case INQUIRY, INQUIRY_CLOSED -> Mono.empty();
            case OPEN -> freeze(dispute, place).then(told(dispute, amount, place));
            case LOST ->
                whenLost == WhenLost.STAY_FROZEN
                        ? freeze(dispute, place).then(told(dispute, amount, place))
                        : thaw(dispute, place);
            case PREVENTED, WON -> thaw(dispute, place);
        };
    }

    private Mono<Void> freeze(SeenDispute dispute, Place place) {
        return freezes.freeze(place.payment().account(), dispute.id(), place.tally());
    }

    private Mono<Void> thaw(SeenDispute dispute, Place place) {
        return freezes.lift(place.payment().account(), dispute.id(), place.tally());
    }

    private Mono<Void> told(SeenRefund refund, Money amount, Place place) {
        Map<String, String> facts = facts(amount, place);
        facts.put(Fact.REFUND, refund.id());
        return notices.post(new Notice(place.payment().account(), Notice.Kind.REFUNDED, refund.id(), facts));
    }

    private Mono<Void> told(SeenDispute dispute, Money amount, Place place) {
        Map<String, String> facts = facts(amount, place);
        facts.put(Fact.DISPUTE, dispute.id());
        return notices.post(new Notice(place.payment().account(), Notice.Kind.DISPUTED, dispute.id(), facts));
    }

    private static Map<String, String> facts(Money amount, Place place) {
        Map<String, String> facts = Fact.of(amount);
        facts.put(Fact.TITLE, place.payment().title());
        facts.put(Fact.PAYMENT, place.payment().id());
        return facts;
    }
}
