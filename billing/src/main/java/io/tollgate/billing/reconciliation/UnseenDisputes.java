package io.tollgate.billing.reconciliation;

import io.tollgate.billing.reconciliation.BookedReturns.BookedReturn;
import io.tollgate.billing.reconciliation.Finding.Kind;
import io.tollgate.billing.reconciliation.ReturnedMoney.Returned;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Disputes at Stripe, and whether the book knows how they stand. */
public final class UnseenDisputes implements Comparison {

    private static final String EVENT = "charge.dispute.created";

    private final ReturnedMoney stripe;
    private final BookedReturns book;

    public UnseenDisputes(ReturnedMoney stripe, BookedReturns book) {
        this.stripe = stripe;
        this.book = book;
    }

    @Override
    public String name() {
        return "disputes";
    }

    @Override
    public Mono<Page> look(Period period, @Nullable String place) {
        return stripe.disputes(period, place).flatMap(page -> {
            Map<String, Returned> byId =
                    page.objects().stream().collect(Collectors.toMap(Returned::id, it -> it, (one, same) -> one));
            return book.disputes(page.objects())
                    .mapNotNull(booked -> compare(byId.get(booked.id()), booked))
                    .collectList()
                    .map(findings -> Page.of(page, findings));
        });
    }

    static @Nullable Finding compare(@Nullable Returned dispute, BookedReturn booked) {
        if (dispute == null) {
            return null;
        }
        String phase = phase(dispute.status());
        boolean agree = booked.phase() != null
                && (phase == null || phase.equals(booked.phase()))
                && Long.valueOf(dispute.minor()).equals(booked.minor());
        return agree
                ? null
                : Finding.of(
                                Kind.DISPUTE_UNSEEN,
                                dispute.id(),
                                dispute.status() + " at Stripe, "
                                        + (booked.phase() == null
                                                ? "unknown to the book"
                                                : "in the book " + booked.phase()))
                        .relatedTo(booked.payment())
                        .ofAccount(booked.account())
                        .amounting(dispute.currency(), dispute.minor(), booked.minor())
                        .remediedBy(EVENT, dispute.id());
    }

    // A word we do not know is no difference.
    static @Nullable String phase(String status) {
        return switch (status) {
            case "warning_needs_response", "warning_under_review" -> "INQUIRY";
            case "warning_closed" -> "INQUIRY_CLOSED";
            case "needs_response", "under_review" -> "OPEN";
            case "prevented" -> "PREVENTED";
            case "won" -> "WON";
            case "lost" -> "LOST";
            default -> null;
        };
    }
}
