package io.tollgate.billing.reconciliation;

import io.tollgate.billing.reconciliation.BookedReturns.BookedReturn;
import io.tollgate.billing.reconciliation.Finding.Kind;
import io.tollgate.billing.reconciliation.ReturnedMoney.Returned;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Refunds at Stripe, whoever made them, and whether the book has them, each and in all. */
public final class UnseenRefunds implements Comparison {

    private static final String EVENT = "refund.updated";

    private final ReturnedMoney stripe;
    private final BookedReturns book;

    public UnseenRefunds(ReturnedMoney stripe, BookedReturns book) {
        this.stripe = stripe;
        this.book = book;
    }

    @Override
    public String name() {
        return "refunds";
    }

    @Override
    public Mono<Page> look(Period period, @Nullable String place) {
        return stripe.refunds(period, place).flatMap(page -> {
            Map<String, Returned> byId =
                    page.objects().stream().collect(Collectors.toMap(Returned::id, it -> it, (one, same) -> one));
            return book.refunds(page.objects())
                    .concatMap(booked -> compare(byId, booked))
                    .collectList()
                    .map(findings -> Page.of(page, findings));
        });
    }

    private Flux<Finding> compare(Map<String, Returned> byId, BookedReturn booked) {
        Returned refund = byId.get(booked.id());
        if (refund == null) {
            return Flux.empty();
        }
        String phase = phase(refund.status());
        if (booked.phase() == null || (phase != null && !phase.equals(booked.phase()))) {
            return Flux.just(Finding.of(
                            Kind.REFUND_UNSEEN,
                            refund.id(),
                            refund.status() + " at Stripe, "
                                    + (booked.phase() == null
                                            ? "unknown to the book"
                                            : "in the book " + booked.phase()))
                    .relatedTo(booked.payment())
                    .ofAccount(booked.account())
                    .amounting(refund.currency(), refund.minor(), booked.minor())
                    .remediedBy(EVENT, refund.id()));
        }
        return inAll(refund, booked).flux();
    }

    private Mono<Finding> inAll(Returned refund, BookedReturn booked) {
        String charge = refund.charge();
        return charge == null
                ? Mono.empty()
                : stripe.refundedOf(charge)
                        .filter(refunded -> refunded != booked.refundedMinor())
                        .map(refunded -> Finding.of(
                                        Kind.REFUNDED_DIFFERS,
                                        booked.payment(),
                                        "all that was refunded of this payment")
                                .relatedTo(charge)
                                .ofAccount(booked.account())
                                .amounting(refund.currency(), refunded, booked.refundedMinor())
                                .remediedBy(EVENT, refund.id()));
    }

    // A word we do not know is no difference.
    static @Nullable String phase(String status) {
        return switch (status) {
            case "pending", "requires_action" -> "PENDING";
            case "succeeded" -> "SUCCEEDED";
            case "failed" -> "FAILED";
            case "canceled" -> "CANCELED";
            default -> null;
        };
    }
}
