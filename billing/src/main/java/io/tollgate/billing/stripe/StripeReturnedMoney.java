package io.tollgate.billing.stripe;

import com.stripe.model.Dispute;
import com.stripe.model.Refund;
import com.stripe.param.DisputeListParams;
import com.stripe.param.RefundListParams;
import io.tollgate.billing.reconciliation.Listed;
import io.tollgate.billing.reconciliation.Period;
import io.tollgate.billing.reconciliation.ReturnedMoney;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

final class StripeReturnedMoney implements ReturnedMoney {

    private final PacedStripe stripe;

    StripeReturnedMoney(PacedStripe stripe) {
        this.stripe = stripe;
    }

    @Override
    public Mono<Listed<Returned>> refunds(Period period, @Nullable String after) {
        return stripe.list(
                cursor -> {
                    RefundListParams.Builder request = RefundListParams.builder()
                            .setLimit(PacedStripe.PAGE)
                            .setCreated(RefundListParams.Created.builder()
                                    .setGte(period.from().getEpochSecond())
                                    .setLt(period.until().getEpochSecond())
                                    .build());
                    RefundListParams page = cursor == null
                            ? request.build()
                            : request.setStartingAfter(cursor).build();
                    return client -> client.v1().refunds().list(page);
                },
                after,
                StripeReturnedMoney::read);
    }

    @Override
    public Mono<Listed<Returned>> disputes(Period period, @Nullable String after) {
        return stripe.list(
                cursor -> {
                    DisputeListParams.Builder request = DisputeListParams.builder()
                            .setLimit(PacedStripe.PAGE)
                            .setCreated(DisputeListParams.Created.builder()
                                    .setGte(period.from().getEpochSecond())
                                    .setLt(period.until().getEpochSecond())
                                    .build());
                    DisputeListParams page = cursor == null
                            ? request.build()
                            : request.setStartingAfter(cursor).build();
                    return client -> client.v1().disputes().list(page);
                },
                after,
                StripeReturnedMoney::read);
    }

    @Override
    public Mono<Long> refundedOf(String charge) {
        return stripe.find(client -> client.v1().charges().retrieve(charge))
                .mapNotNull(found -> found.getAmountRefunded());
    }

    private static Returned read(Refund refund) {
        return new Returned(
                refund.getId(),
                refund.getPaymentIntent(),
                refund.getCharge(),
                refund.getCurrency(),
                refund.getAmount(),
                word(refund.getStatus()));
    }

    private static Returned read(Dispute dispute) {
        return new Returned(
                dispute.getId(),
                dispute.getPaymentIntent(),
                dispute.getCharge(),
                dispute.getCurrency(),
                dispute.getAmount(),
                word(dispute.getStatus()));
    }

    private static String word(@Nullable String status) {
        return status == null ? "" : status;
    }
}
