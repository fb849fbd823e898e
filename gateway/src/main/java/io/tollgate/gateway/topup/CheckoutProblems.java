package io.tollgate.gateway.topup;

import static io.tollgate.gateway.problem.ProblemAnswer.problem;

import io.tollgate.billing.catalog.CustomAmount.Bounds;
import io.tollgate.billing.catalog.Interval;
import io.tollgate.billing.checkout.StartResult;
import io.tollgate.gateway.problem.ProblemAnswer;
import io.tollgate.metering.ledger.Money;
import java.util.stream.Collectors;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;

/** Why a checkout could not be started, in words that do for a page and for a program. */
public final class CheckoutProblems {

    private static final int RETRY_AFTER_SECONDS = 10;

    private CheckoutProblems() {}

    /** Only for results that are no start. */
    public static ProblemDetail of(StartResult result) {
        return switch (result) {
            case StartResult.Started _, StartResult.FreePlanBegun _ ->
                throw new IllegalArgumentException("a started checkout is no problem");
            case StartResult.HasPlan(String plan) -> hasPlan(plan);
            case StartResult.PriceDiffers _ ->
                problem(
                        HttpStatus.SERVICE_UNAVAILABLE,
                        "price_differs",
                        "Stripe has another price for this than we do. Nothing was charged; the operator has to look.");
            case StartResult.UnknownPack _ ->
                problem(HttpStatus.UNPROCESSABLE_CONTENT, "unknown_pack", "This pack is not for sale.");
            case StartResult.UnknownPlan _ ->
                problem(HttpStatus.UNPROCESSABLE_CONTENT, "unknown_plan", "This plan is not for sale.");
            case StartResult.UnknownInterval(var there) ->
                problem(
                        HttpStatus.UNPROCESSABLE_CONTENT,
                        "unknown_interval",
                        "This plan is paid by the "
                                + there.stream().map(Interval::word).collect(Collectors.joining(" or ")) + ".");
            case StartResult.UnknownCurrency(var there) ->
                problem(
                        HttpStatus.UNPROCESSABLE_CONTENT,
                        "unknown_currency",
                        "This is sold in " + String.join(", ", there) + ".");
            case StartResult.AmountOutOfBounds(Bounds bounds) -> outOfBounds(bounds);
            case StartResult.NoCustomAmounts _ ->
                problem(HttpStatus.UNPROCESSABLE_CONTENT, "packs_only", "Only packs are for sale.");
            case StartResult.StripeUnavailable _ -> stripeUnavailable();
            case StartResult.StripeRefused _ ->
                problem(
                        HttpStatus.SERVICE_UNAVAILABLE,
                        "stripe_refused",
                        "Stripe does not accept this payment. Nothing was charged; the operator has to look.");
            case StartResult.NotConfigured _ ->
                problem(
                        HttpStatus.SERVICE_UNAVAILABLE,
                        "payments_not_configured",
                        "This installation has no key for Stripe, so nothing can be paid here.");
        };
    }

    private static ProblemDetail stripeUnavailable() {
        ProblemDetail problem = problem(
                HttpStatus.SERVICE_UNAVAILABLE,
                "stripe_unavailable",
                "Stripe does not answer right now. Nothing was charged; try again in a minute.");
        problem.setProperty(ProblemAnswer.RETRY_AFTER, RETRY_AFTER_SECONDS);
        return problem;
    }

    private static ProblemDetail hasPlan(String plan) {
        ProblemDetail problem = problem(
                HttpStatus.CONFLICT,
                "plan_exists",
                "This account has the plan " + plan
                        + ". Change that plan or cancel it: a second one is not sold beside it.");
        problem.setProperty("plan", plan);
        return problem;
    }

    /** With the bounds, both in words and as numbers. */
    public static ProblemDetail outOfBounds(Bounds bounds) {
        String text = "The amount has to be between " + money(bounds, bounds.minimumMinor()) + " and "
                + money(bounds, bounds.maximumMinor());
        String detail = bounds.stepMinor() == 1
                ? text + "."
                : text + ", in steps of " + money(bounds, bounds.stepMinor()) + ".";
        ProblemDetail problem = problem(HttpStatus.UNPROCESSABLE_CONTENT, "amount_out_of_bounds", detail);
        problem.setProperty("currency", bounds.currency());
        problem.setProperty("minimum_minor", bounds.minimumMinor());
        problem.setProperty("maximum_minor", bounds.maximumMinor());
        problem.setProperty("step_minor", bounds.stepMinor());
        return problem;
    }

    /** Nothing was chosen, or more than one thing. */
    public static ProblemDetail noChoice() {
        return problem(
                HttpStatus.UNPROCESSABLE_CONTENT, "no_choice", "Choose a pack, an amount or a plan: one of them.");
    }

    /** A field that cannot be what it is. */
    public static ProblemDetail invalid(String field, String allowed) {
        return problem(HttpStatus.UNPROCESSABLE_CONTENT, "invalid_" + field, field + " has to be " + allowed + ".");
    }

    private static String money(Bounds bounds, long minor) {
        return MoneyText.format(new Money(minor, bounds.currency()));
    }
}
