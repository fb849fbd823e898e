package io.tollgate.billing.refund;

import io.tollgate.billing.checkout.StripeUnavailableException;
import io.tollgate.billing.checkout.StripeUnavailableException.Effect;
import io.tollgate.billing.payment.Payment;
import io.tollgate.billing.payment.Payments;
import io.tollgate.billing.refund.RefundTill.RefundAnswer;
import io.tollgate.billing.reversal.Claims;
import io.tollgate.billing.reversal.Reading;
import io.tollgate.billing.reversal.RefundRequest;
import io.tollgate.billing.reversal.RefundRequest.State;
import io.tollgate.billing.reversal.ReversalBook;
import io.tollgate.billing.reversal.ReversalBook.AskResult;
import io.tollgate.billing.reversal.Reversals;
import io.tollgate.metering.ledger.Money;
import java.time.InstantSource;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * Asks Stripe for refunds: first the row, and with it the credit, then the call, then the outcome. Where the outcome is not known, {@link
 * #finish} asks again.
 */
public final class RefundDesk {

    private static final Logger LOG = LoggerFactory.getLogger(RefundDesk.class);

    private final Payments payments;
    private final ReversalBook book;
    private final Reversals reversals;
    private final RefundTill till;
    private final InstantSource clock;

    public RefundDesk(Payments payments, ReversalBook book, Reversals reversals, RefundTill till, InstantSource clock) {
        this.payments = payments;
        this.book = book;
        this.reversals = reversals;
        this.till = till;
        this.clock = clock;
    }

    /** Refunds a payment, all of it or a part. */
    public Mono<RefundResult> refund(RefundWish wish) {
        return payments.find(wish.payment())
                .flatMap(payment -> before(wish, payment).switchIfEmpty(Mono.defer(() -> anew(wish, payment))))
                .defaultIfEmpty(new RefundResult.NoSuchPayment());
    }

    /** Opens the request and asks Stripe. */
    Mono<RefundResult> ask(Payment payment, RefundRequest request) {
        return reversals.ask(payment, request).flatMap(result -> switch (result) {
            case AskResult.Asked _ -> carryOut(payment, request);
            case AskResult.AskedBefore(RefundRequest earlier) -> standing(earlier, payment);
            case AskResult.BeyondPaid(long left) -> Mono.just(beyondPaid(payment, left));
        });
    }

    /** Looks again at a request whose end is not known, or whose plan has not ended. */
    public Mono<Void> finish(RefundRequest request) {
        return payments.find(request.payment())
                .flatMap(payment ->
                        request.state() == State.OPEN ? again(payment, request).then() : endPlan(request))
                .then();
    }

    /** What is known at Stripe of the payment counts first; if it cannot say, it will at least refuse what is too much. */
    Mono<Claims> claims(Payment payment) {
        return reversals
                .look(payment)
                .then()
                .onErrorResume(StripeUnavailableException.class, _ -> Mono.empty())
                .then(Mono.defer(() -> book.claims(payment)));
    }

    /** What has become of an earlier request. */
    Mono<RefundResult> standing(RefundRequest request, Payment payment) {
        return switch (request.state()) {
            case OPEN ->
                again(payment, request)
                        .onErrorResume(
                                StripeUnavailableException.class, _ -> Mono.just(new RefundResult.Waiting(request)));
            case ANSWERED -> Mono.just(new RefundResult.Refunded(request));
            case REFUSED -> Mono.just(refused(request));
        };
    }

    private Mono<RefundResult> before(RefundWish wish, Payment payment) {
        return book.requestOf(wish.causeId()).flatMap(request -> {
            Long amount = wish.amountMinor();
            if (!request.payment().equals(payment.id())) {
                return Mono.just(new RefundResult.Conflict("payment", request.payment()));
            }
            if (amount != null && amount != request.amount().minor()) {
                return Mono.just(new RefundResult.Conflict(
                        "amount_minor", Long.toString(request.amount().minor())));
            }
            return standing(request, payment);
        });
    }

    private Mono<RefundResult> anew(RefundWish wish, Payment payment) {
        if (payment.paymentIntent() == null || payment.paid().minor() == 0) {
            return Mono.just(new RefundResult.NothingPaid());
        }
        return claims(payment).flatMap(claims -> {
            Long wanted = wish.amountMinor();
            long amount = wanted == null ? claims.leftMinor() : wanted;
            return amount < 1 || amount > claims.leftMinor()
                    ? tooMuch(wish, payment, claims.leftMinor())
                    : ask(payment, request(wish, payment, amount));
        });
    }

    // Nothing may be left because the same wish, sent twice at once, has just been granted.
    private Mono<RefundResult> tooMuch(RefundWish wish, Payment payment, long leftMinor) {
        return before(wish, payment).defaultIfEmpty(beyondPaid(payment, leftMinor));
    }

    private RefundRequest request(RefundWish wish, Payment payment, long amountMinor) {
        return new RefundRequest(
                RefundRequest.randomId(),
                payment.id(),
                payment.account(),
                wish.causeId(),
                wish.askedBy(),
                new Money(amountMinor, payment.paid().currency()),
                null,
                wish.reason(),
                State.OPEN,
                null,
                1,
                null,
                clock.instant());
    }

    // It may be there after all: an answer may have been lost, or a webhook may have been faster.
    private Mono<RefundResult> again(Payment payment, RefundRequest request) {
        return reversals
                .look(payment)
                .then(book.request(request.id()))
                .flatMap(now -> now.state() == State.OPEN ? carryOut(payment, now) : known(now));
    }

    // What Stripe has made may have failed at once.
    private Mono<RefundResult> known(RefundRequest request) {
        return switch (request.state()) {
            case OPEN -> Mono.just(new RefundResult.Waiting(request));
            case ANSWERED -> endPlan(request).thenReturn(new RefundResult.Refunded(request));
            case REFUSED -> Mono.just(refused(request));
        };
    }

    private static RefundResult refused(RefundRequest request) {
        String code = request.refusedBecause();
        return new RefundResult.Refused(code == null ? "unknown" : code);
    }

    private Mono<RefundResult> carryOut(Payment payment, RefundRequest request) {
        String intent = payment.paymentIntent();
        if (intent == null) {
            return Mono.just(new RefundResult.NothingPaid());
        }
        return till.refund(request, intent)
                .flatMap(answer -> switch (answer) {
                    case RefundAnswer.Refunded(var refund) ->
                        reversals
                                .book(payment, new Reading(List.of(refund), List.of()))
                                .then(Mono.defer(() -> book.request(request.id())))
                                .flatMap(this::known);
                    case RefundAnswer.Refused(String code) ->
                        reversals
                                .refuse(payment, request, code)
                                .<RefundResult>thenReturn(new RefundResult.Refused(code));
                })
                .onErrorResume(StripeUnavailableException.class, failure -> unanswered(request, failure));
    }

    private Mono<RefundResult> unanswered(RefundRequest request, StripeUnavailableException failure) {
        LOG.atWarn()
                .addKeyValue("account", request.account())
                .addKeyValue("payment", request.payment())
                .addKeyValue("request", request.id())
                .addKeyValue("reason", failure.getMessage())
                .log("refund_unanswered");
        return (failure.effect() == Effect.FAILED ? book.abandon(request) : Mono.<Void>empty())
                .thenReturn(new RefundResult.Waiting(request));
    }

    // The refund stands whatever becomes of this; it is tried again.
    private Mono<Void> endPlan(RefundRequest request) {
        String invoice = request.endsInvoice();
        if (invoice == null) {
            return Mono.empty();
        }
        return till.endPlanOf(invoice)
                .then(Mono.defer(() -> book.ended(request)))
                .onErrorResume(StripeUnavailableException.class, _ -> Mono.empty());
    }

    private static RefundResult beyondPaid(Payment payment, long leftMinor) {
        return new RefundResult.BeyondPaid(leftMinor, payment.paid().currency());
    }
}
