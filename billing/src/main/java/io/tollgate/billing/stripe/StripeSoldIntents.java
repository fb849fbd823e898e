package io.tollgate.billing.stripe;

import com.stripe.model.PaymentIntent;
import com.stripe.param.PaymentIntentListParams;
import io.tollgate.billing.reconciliation.Listed;
import io.tollgate.billing.reconciliation.Period;
import io.tollgate.billing.reconciliation.Sales;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** What was charged to saved cards; the intents of checkout sessions and invoices are compared with those. */
final class StripeSoldIntents implements Sales {

    private final PacedStripe stripe;

    StripeSoldIntents(PacedStripe stripe) {
        this.stripe = stripe;
    }

    @Override
    public Mono<Listed<Sale>> page(Period period, @Nullable String after) {
        return stripe.list(
                cursor -> {
                    PaymentIntentListParams.Builder request = PaymentIntentListParams.builder()
                            .setLimit(PacedStripe.PAGE)
                            .setCreated(PaymentIntentListParams.Created.builder()
                                    .setGte(period.from().getEpochSecond())
                                    .setLt(period.until().getEpochSecond())
                                    .build());
                    PaymentIntentListParams page = cursor == null
                            ? request.build()
                            : request.setStartingAfter(cursor).build();
                    return client -> client.v1().paymentIntents().list(page);
                },
                after,
                StripeSoldIntents::read);
    }

    private static Sale read(PaymentIntent intent) {
        Map<String, String> metadata = intent.getMetadata();
        String attempt = metadata == null ? null : metadata.get(IntentForm.ATTEMPT);
        Long received = intent.getAmountReceived();
        return new Sale(
                intent.getId(),
                "succeeded".equals(intent.getStatus()) ? Settlement.PAID : Settlement.UNPAID,
                intent.getCurrency(),
                received == null ? 0 : received,
                attempt,
                metadata == null || attempt == null ? null : metadata.get(SessionForm.ACCOUNT),
                null);
    }
}
