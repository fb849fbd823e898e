package io.tollgate.billing.refund;

import io.tollgate.billing.payment.Payment;
import io.tollgate.billing.payment.Payments;
import io.tollgate.billing.refund.MoneyBackSettings.Policy;
import io.tollgate.billing.reversal.Claims;
import io.tollgate.billing.reversal.RefundRequest;
import io.tollgate.billing.reversal.RefundRequest.AskedBy;
import io.tollgate.billing.reversal.RefundRequest.State;
import io.tollgate.billing.reversal.ReversalBook;
import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.credit.Credits;
import io.tollgate.metering.ledger.Money;
import java.time.Instant;
import java.time.InstantSource;
import reactor.core.publisher.Mono;

/**
 * Money back on a customer's own word: once per payment, within the window, for the part that was not used. Exactly that part of the
 * credit goes back, and it goes before Stripe is asked, so that nobody can use it meanwhile.
 */
public final class MoneyBack {

    /** More payments than an account makes within a money-back window. */
    private static final int LATER_LOOKED_AT = 100;

    private final Payments payments;
    private final ReversalBook book;
    private final UnusedParts unusedParts;
    private final RefundDesk desk;
    private final MoneyBackSettings settings;
    private final InstantSource clock;

    public MoneyBack(
            Payments payments,
            ReversalBook book,
            UnusedParts unusedParts,
            RefundDesk desk,
            MoneyBackSettings settings,
            InstantSource clock) {
        this.payments = payments;
        this.book = book;
        this.unusedParts = unusedParts;
        this.desk = desk;
        this.settings = settings;
        this.clock = clock;
    }

    /** Takes back what was not used of a payment of this account. */
    public Mono<RefundResult> take(AccountId account, String paymentId) {
        return payments.find(paymentId)
                .filter(payment -> payment.account().equals(account))
                .flatMap(payment -> before(payment).switchIfEmpty(Mono.defer(() -> anew(payment))))
                .defaultIfEmpty(new RefundResult.NoSuchPayment());
    }

    private Mono<RefundResult> before(Payment payment) {
        return book.moneyBackOf(payment.id()).flatMap(request -> desk.standing(request, payment));
    }

    // Nothing may be left because the same wish, sent twice at once, has just been granted.
    private Mono<RefundResult> unlessBefore(Payment payment, RefundResult refused) {
        return before(payment).defaultIfEmpty(refused);
    }

    private Mono<RefundResult> anew(Payment payment) {
        Instant until = payment.paidAt().plus(settings.window());
        if (settings.policy() == Policy.OFF || payment.kind() == Payment.Kind.PLAN_CHANGE) {
            return Mono.just(new RefundResult.NotOffered());
        }
        if (payment.paymentIntent() == null || payment.paid().minor() == 0) {
            return Mono.just(new RefundResult.NothingPaid());
        }
        if (clock.instant().isAfter(until)) {
            return Mono.just(new RefundResult.WindowOver(until));
        }
        return betterPlanPaidSince(payment)
                .<RefundResult>map(_ -> new RefundResult.NotOffered())
                .switchIfEmpty(Mono.defer(() -> ask(payment)));
    }

    // Both payments are in the month's credit then, and the end of the plan would take what the second one brought.
    private Mono<Payment> betterPlanPaidSince(Payment payment) {
        return payment.kind() == Payment.Kind.PLAN
                ? payments.of(payment.account(), null, LATER_LOOKED_AT)
                        .filter(later -> later.kind() == Payment.Kind.PLAN_CHANGE
                                && later.paidAt().isAfter(payment.paidAt()))
                        .next()
                : Mono.empty();
    }

    private Mono<RefundResult> ask(Payment payment) {
        return desk.claims(payment)
                .flatMap(claims ->
                        unusedParts.of(payment, claims.granted()).flatMap(unused -> ask(payment, claims, unused)));
    }

    private Mono<RefundResult> ask(Payment payment, Claims claims, UnusedPart unused) {
        if (claims.leftMinor() == 0) {
            return unlessBefore(
                    payment, new RefundResult.BeyondPaid(0, payment.paid().currency()));
        }
        boolean untouched = claims.claims().isEmpty() && unused.credits().equals(claims.granted());
        long amount = Math.min(unused.worthMinor(), claims.leftMinor());
        return amount == 0 || (settings.policy() == Policy.FULL_IF_UNUSED && !untouched)
                ? unlessBefore(payment, new RefundResult.Used())
                : desk.ask(payment, request(payment, amount, unused.credits()));
    }

    private RefundRequest request(Payment payment, long amountMinor, Credits unused) {
        String id = RefundRequest.randomId();
        return new RefundRequest(
                id,
                payment.id(),
                payment.account(),
                "customer:" + id,
                AskedBy.CUSTOMER,
                new Money(amountMinor, payment.paid().currency()),
                unused.isZero() ? null : unused,
                null,
                State.OPEN,
                payment.kind() == Payment.Kind.PLAN ? payment.invoice() : null,
                1,
                null,
                clock.instant());
    }
}
