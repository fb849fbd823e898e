package io.tollgate.billing.stripe;

import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.model.Dispute;
import com.stripe.model.PaymentIntent;
import com.stripe.model.Refund;
import com.stripe.model.StripeCollection;
import com.stripe.param.DisputeListParams;
import com.stripe.param.RefundListParams;
import io.tollgate.billing.reversal.ChargesAtStripe;
import io.tollgate.billing.reversal.Reading;
import io.tollgate.billing.reversal.SeenDispute;
import io.tollgate.billing.reversal.SeenRefund;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Charges, refunds and disputes through stripe-java. */
final class StripeCharges implements ChargesAtStripe {

    private static final long PAGE = 100;
    private static final int PAGES_MAX = 20;

    private final StripeAccess stripe;

    StripeCharges(StripeAccess stripe) {
        this.stripe = stripe;
    }

    @Override
    public Mono<Origin> originOf(String id) {
        return stripe.find(client -> origin(client, id));
    }

    @Override
    public Mono<String> customerOf(String intent) {
        return stripe.find(client -> client.v1().paymentIntents().retrieve(intent))
                .mapNotNull(PaymentIntent::getCustomer);
    }

    @Override
    public Mono<Reading> read(String intent) {
        return stripe.find(client -> new Reading(refunds(client, intent), disputes(client, intent)));
    }

    private static @Nullable Origin origin(StripeClient client, String id) throws StripeException {
        return switch (id.substring(0, id.indexOf('_') + 1)) {
            case "ch_", "py_" -> new Origin(client.v1().charges().retrieve(id).getPaymentIntent());
            case "re_", "pyr_" -> new Origin(client.v1().refunds().retrieve(id).getPaymentIntent());
            case "du_", "dp_", "pdp_" ->
                new Origin(client.v1().disputes().retrieve(id).getPaymentIntent());
            case "issfr_" ->
                new Origin(client.v1().radar().earlyFraudWarnings().retrieve(id).getPaymentIntent());
            default -> null;
        };
    }

    private static List<SeenRefund> refunds(StripeClient client, String intent) throws StripeException {
        return all(
                after -> client.v1()
                        .refunds()
                        .list(RefundListParams.builder()
                                .setPaymentIntent(intent)
                                .setLimit(PAGE)
                                .setStartingAfter(after)
                                .build()),
                Refund::getId,
                ReversalForm::read);
    }

    private static List<SeenDispute> disputes(StripeClient client, String intent) throws StripeException {
        return all(
                after -> client.v1()
                        .disputes()
                        .list(DisputeListParams.builder()
                                .setPaymentIntent(intent)
                                .setLimit(PAGE)
                                .setStartingAfter(after)
                                .build()),
                Dispute::getId,
                ReversalForm::read);
    }

    private interface Pages<T extends com.stripe.model.HasId> {
        StripeCollection<T> after(@Nullable String id) throws StripeException;
    }

    private static <T extends com.stripe.model.HasId, R> List<R> all(
            Pages<T> pages, Function<T, String> id, Function<T, R> read) throws StripeException {
        List<R> found = new ArrayList<>();
        String after = null;
        for (int page = 0; page < PAGES_MAX; page++) {
            StripeCollection<T> next = pages.after(after);
            next.getData().stream().map(read).forEach(found::add);
            if (!Boolean.TRUE.equals(next.getHasMore()) || next.getData().isEmpty()) {
                break;
            }
            after = id.apply(next.getData().getLast());
        }
        return found;
    }
}
