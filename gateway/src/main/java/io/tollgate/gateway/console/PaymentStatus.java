package io.tollgate.gateway.console;

import io.tollgate.billing.topup.FulfilResult;
import io.tollgate.billing.topup.TopUpStatus;
import io.tollgate.metering.credit.Credits;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * How a payment stands, as the success page shows it. While that may change by itself the browser is told where and when to look
 * again; without JavaScript the reader does.
 *
 * @param state a word for the style sheet
 * @param available null where it does not matter or cannot be told
 * @param next where to look again, null to stop
 * @param trigger when
 */
public record PaymentStatus(
        String state,
        String title,
        String text,
        @Nullable String available,
        @Nullable String next,
        @Nullable String trigger) {

    /** Looks of a browser: often at first, and not for ever. Longer than a card takes, shorter than a forgotten tab lives. */
    private static final int LOOKS_OFTEN = 30;

    private static final int LOOKS_MAX = 150;
    private static final Duration OFTEN = Duration.ofSeconds(1);
    private static final Duration SELDOM = Duration.ofSeconds(5);

    static PaymentStatus credited(Credits credits, @Nullable Credits available) {
        return new PaymentStatus(
                "credited",
                "Thank you",
                credits.toDecimal() + " credits have been added.",
                available == null ? null : available.toDecimal(),
                null,
                null);
    }

    static PaymentStatus planBegun(TopUpStatus order, @Nullable Credits available) {
        int trialDays = order.plan() == null ? 0 : order.plan().trialDays();
        String trial = trialDays == 0 ? "" : " Nothing is charged for the first " + days(trialDays) + ".";
        return new PaymentStatus(
                "credited",
                "Thank you",
                "Your plan has begun. It brings " + order.credits().toDecimal() + " credits every month." + trial,
                available == null ? null : available.toDecimal(),
                null,
                null);
    }

    private static String days(int days) {
        return days == 1 ? "day" : days + " days";
    }

    static PaymentStatus arriving(Credits credits, Look look) {
        return waiting(
                "Payment received",
                "Your " + credits.toDecimal() + " credits are booked and will be available in a moment.",
                look);
    }

    static PaymentStatus awaiting(Look look) {
        return waiting(
                "Waiting for your payment",
                "The payment is not confirmed yet. Some methods take days; the credit arrives by itself.",
                look);
    }

    static PaymentStatus unreachable(Look look) {
        return waiting(
                "One moment",
                "We cannot ask Stripe for your payment right now. If you have paid, the credit arrives by itself.",
                look);
    }

    /** For results that no waiting changes. */
    static PaymentStatus ended(FulfilResult result) {
        return switch (result) {
            case FulfilResult.Expired _ ->
                end("The payment was not made", "Its page has expired, and nothing was charged.");
            case FulfilResult.PaymentFailed _ ->
                end("The payment failed", "Nothing was charged. Open a new top-up link to try again.");
            case FulfilResult.Withheld _ ->
                end(
                        "Payment received, credit withheld",
                        "Your payment needs a look by the operator before the credit is given. Nothing is lost.");
            default -> throw new IllegalArgumentException("not an end: " + result);
        };
    }

    /** The how-manieth look of a browser this is. */
    record Look(String sessionId, int number) {

        static Look of(String sessionId, String number) {
            return new Look(sessionId, number.matches("[0-9]{1,4}") ? Integer.parseInt(number) : LOOKS_MAX);
        }

        @Nullable
        String next() {
            return number >= LOOKS_MAX
                    ? null
                    : UriComponentsBuilder.fromPath("status")
                            .queryParam("session_id", "{id}")
                            .queryParam("look", number + 1)
                            .encode()
                            .buildAndExpand(sessionId)
                            .toUriString();
        }

        @Nullable
        String trigger() {
            Duration delay = number < LOOKS_OFTEN ? OFTEN : SELDOM;
            return number >= LOOKS_MAX ? null : "load delay:" + delay.toMillis() + "ms";
        }
    }

    private static PaymentStatus waiting(String title, String text, Look look) {
        return new PaymentStatus("waiting", title, text, null, look.next(), look.trigger());
    }

    private static PaymentStatus end(String title, String text) {
        return new PaymentStatus("ended", title, text, null, null, null);
    }
}
