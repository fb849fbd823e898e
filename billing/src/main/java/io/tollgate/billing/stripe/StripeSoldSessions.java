package io.tollgate.billing.stripe;

import com.stripe.model.checkout.Session;
import com.stripe.param.checkout.SessionListParams;
import com.stripe.param.checkout.SessionListParams.Created;
import io.tollgate.billing.reconciliation.Listed;
import io.tollgate.billing.reconciliation.Period;
import io.tollgate.billing.reconciliation.Sales;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

final class StripeSoldSessions implements Sales {

    private final PacedStripe stripe;

    StripeSoldSessions(PacedStripe stripe) {
        this.stripe = stripe;
    }

    @Override
    public Mono<Listed<Sale>> page(Period period, @Nullable String after) {
        return stripe.list(
                cursor -> {
                    SessionListParams request = request(period, cursor);
                    return client -> client.v1().checkout().sessions().list(request);
                },
                after,
                StripeSoldSessions::read);
    }

    private static SessionListParams request(Period period, @Nullable String after) {
        SessionListParams.Builder request = SessionListParams.builder()
                .setLimit(PacedStripe.PAGE)
                .setStatus(SessionListParams.Status.COMPLETE)
                .setCreated(Created.builder()
                        .setGte(period.from().getEpochSecond())
                        .setLt(period.until().getEpochSecond())
                        .build());
        return after == null ? request.build() : request.setStartingAfter(after).build();
    }

    private static Sale read(Session session) {
        Map<String, String> metadata = session.getMetadata();
        Long total = session.getAmountTotal();
        String currency = session.getCurrency();
        return new Sale(
                session.getId(),
                // A card that is only saved is no sale.
                "setup".equals(session.getMode()) ? Settlement.UNPAID : settlement(session.getPaymentStatus()),
                currency == null ? "" : currency,
                total == null ? 0 : total,
                metadata == null ? null : metadata.get(SessionForm.ORDER),
                metadata == null ? null : metadata.get(SessionForm.ACCOUNT),
                session.getSubscription());
    }

    private static Settlement settlement(@Nullable String word) {
        return switch (word) {
            case "paid" -> Settlement.PAID;
            case "no_payment_required" -> Settlement.NOTHING_DUE;
            case null, default -> Settlement.UNPAID;
        };
    }
}
