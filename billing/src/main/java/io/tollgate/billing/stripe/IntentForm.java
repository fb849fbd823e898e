package io.tollgate.billing.stripe;

import com.stripe.model.PaymentIntent;
import com.stripe.model.StripeError;
import io.tollgate.billing.autotopup.Intent;
import io.tollgate.billing.autotopup.Intent.Status;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Stripe's payment intents in our words. */
final class IntentForm {

    static final String ATTEMPT = "tollgate_auto_topup";

    private static final String AUTHENTICATION_REQUIRED = "authentication_required";

    private IntentForm() {}

    static Intent read(PaymentIntent intent) {
        Map<String, String> metadata = intent.getMetadata();
        Long received = intent.getAmountReceived();
        return new Intent(
                intent.getId(),
                metadata == null ? null : metadata.get(ATTEMPT),
                status(intent),
                received == null ? 0 : received,
                intent.getCurrency(),
                reason(intent.getLastPaymentError()),
                url(intent.getNextAction()));
    }

    // A word we do not know neither pays an attempt nor closes it.
    private static Status status(PaymentIntent intent) {
        return switch (intent.getStatus()) {
            case "succeeded" -> Status.SUCCEEDED;
            case "canceled" -> Status.CANCELED;
            case "requires_action" -> Status.ACTION_REQUIRED;
            case "requires_payment_method" -> unpaid(intent.getLastPaymentError());
            case null, default -> Status.PROCESSING;
        };
    }

    private static Status unpaid(@Nullable StripeError error) {
        return error != null && AUTHENTICATION_REQUIRED.equals(error.getCode())
                ? Status.DECLINED_UNCONFIRMED
                : Status.DECLINED;
    }

    private static @Nullable String reason(@Nullable StripeError error) {
        if (error == null) {
            return null;
        }
        return error.getDeclineCode() == null || error.getDeclineCode().isEmpty()
                ? error.getCode()
                : error.getDeclineCode();
    }

    private static @Nullable String url(PaymentIntent.@Nullable NextAction action) {
        return action == null || action.getRedirectToUrl() == null
                ? null
                : action.getRedirectToUrl().getUrl();
    }
}
