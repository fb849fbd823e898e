package io.tollgate.billing.stripe;

import com.stripe.model.Dispute;
import com.stripe.model.Refund;
import io.tollgate.billing.reversal.DisputePhase;
import io.tollgate.billing.reversal.RefundPhase;
import io.tollgate.billing.reversal.SeenDispute;
import io.tollgate.billing.reversal.SeenRefund;
import java.time.Instant;

/** Refunds and disputes in our words. */
final class ReversalForm {

    /** Which request of ours a refund answers. */
    static final String REQUEST = "tollgate_refund";

    private ReversalForm() {}

    static SeenRefund read(Refund refund) {
        return new SeenRefund(
                refund.getId(),
                refund.getAmount(),
                phase(refund.getStatus()),
                refund.getReason(),
                refund.getMetadata() == null ? null : refund.getMetadata().get(REQUEST),
                Instant.ofEpochSecond(refund.getCreated()));
    }

    static SeenDispute read(Dispute dispute) {
        return new SeenDispute(
                dispute.getId(),
                dispute.getAmount(),
                disputePhase(dispute.getStatus()),
                dispute.getReason(),
                Instant.ofEpochSecond(dispute.getCreated()));
    }

    // Also a word we do not know yet: the money has left our balance until Stripe says otherwise.
    private static RefundPhase phase(String word) {
        return switch (word) {
            case "succeeded" -> RefundPhase.SUCCEEDED;
            case "failed" -> RefundPhase.FAILED;
            case "canceled" -> RefundPhase.CANCELED;
            case null, default -> RefundPhase.PENDING;
        };
    }

    // A word we do not know takes nothing from anybody.
    private static DisputePhase disputePhase(String word) {
        return switch (word) {
            case "needs_response", "under_review" -> DisputePhase.OPEN;
            case "won" -> DisputePhase.WON;
            case "lost" -> DisputePhase.LOST;
            case "prevented" -> DisputePhase.PREVENTED;
            case "warning_closed" -> DisputePhase.INQUIRY_CLOSED;
            case null, default -> DisputePhase.INQUIRY;
        };
    }
}
