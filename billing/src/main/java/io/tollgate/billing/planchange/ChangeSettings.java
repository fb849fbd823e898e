package io.tollgate.billing.planchange;

import io.tollgate.billing.planchange.ChangeTill.PauseAs;
import java.time.Duration;

/**
 * What holds for changes of plans.
 *
 * @param previewValidity how long a preview can be confirmed
 * @param settleAfter how long after a request without an answer somebody looks what became of it: longer than Stripe takes
 * @param lookAgain how often somebody looks at a change that waits for its payment, beside being told by Stripe
 * @param batch the most changes that are looked at in one turn
 * @param pauseAs what becomes of the invoices of a pause
 * @param longestPause the most that a pause with an end may take
 */
public record ChangeSettings(
        Duration previewValidity,
        Duration settleAfter,
        Duration lookAgain,
        int batch,
        PauseAs pauseAs,
        Duration longestPause) {

    public ChangeSettings {
        if (!isPositive(previewValidity)
                || !isPositive(settleAfter)
                || !isPositive(lookAgain)
                || !isPositive(longestPause)
                || batch < 1) {
            throw new IllegalArgumentException("the durations and the batch of plan changes are more than zero");
        }
    }

    private static boolean isPositive(Duration duration) {
        return duration.isPositive();
    }
}
