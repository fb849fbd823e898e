package io.tollgate.gateway.api;

import static io.tollgate.gateway.problem.ProblemAnswer.problem;

import io.tollgate.billing.catalog.Interval;
import io.tollgate.billing.checkout.StartResult;
import io.tollgate.billing.planchange.Preview;
import io.tollgate.billing.planchange.Refusal;
import io.tollgate.gateway.problem.ProblemAnswer;
import io.tollgate.gateway.topup.CheckoutProblems;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;

/** Why nothing was done about a plan, and what would be right. */
final class PlanProblems {

    private static final int RETRY_AFTER_SECONDS = 60;
    private static final String PAYMENT_URL = "payment_url";

    private PlanProblems() {}

    static ProblemDetail of(Refusal refusal) {
        return switch (refusal) {
            case Refusal.NoPlan _ ->
                conflict("no_plan", "This account has no plan that is paid for. Buy one with POST /api/checkout.");
            case Refusal.UnknownPlan _ -> unprocessable("unknown_plan", "This plan is not for sale.");
            case Refusal.UnknownInterval(List<Interval> there) ->
                unprocessable(
                        "unknown_interval",
                        "This plan is paid by the "
                                + there.stream().map(Interval::word).collect(Collectors.joining(" or ")) + ".");
            case Refusal.UnknownCurrency(List<String> there) ->
                unprocessable(
                        "unknown_currency",
                        "This plan is sold in " + String.join(", ", there)
                                + " only, and a plan cannot change its currency. Let the present one end, and buy it then.");
            case Refusal.SamePlan _ ->
                conflict("same_plan", "This account has this plan, paid by this interval, already.");
            case Refusal.Ending(Instant at) -> ending(at);
            case Refusal.AwaitsPayment(var url) ->
                withUrl(
                        conflict(
                                "change_awaits_payment",
                                "A change of this plan waits for its payment. Pay it, or wait a day until it lapses."),
                        url);
            case Refusal.Overdue(var url) ->
                withUrl(conflict("payment_overdue", "A payment for this plan failed. It has to be made first."), url);
            case Refusal.Paused _ ->
                conflict(
                        "paused",
                        "Nothing is collected for this plan at the moment. POST /api/subscription/resume comes first.");
            case Refusal.NotPaused _ -> conflict("not_paused", "This plan is not paused.");
            case Refusal.NothingToTakeBack _ ->
                conflict("not_ending", "This plan neither ends nor changes at the end of its period.");
            case Refusal.WrongResumption(Instant earliest, Instant latest) ->
                unprocessable("invalid_resumes_at", "resumes_at has to be from " + earliest + " to " + latest + ".");
            case Refusal.UnderWay _ -> underWay();
            case Refusal.Stale(Preview now) -> stale(now);
            case Refusal.NoCustomer _ ->
                conflict("no_customer", "This account has never bought anything, so Stripe has nothing to show it.");
            case Refusal.PriceDiffers _ -> CheckoutProblems.of(new StartResult.PriceDiffers());
            case Refusal.StripeUnavailable _ -> CheckoutProblems.of(new StartResult.StripeUnavailable());
            case Refusal.StripeRefused(String code) -> CheckoutProblems.of(new StartResult.StripeRefused(code));
        };
    }

    /** The change is not made, but still can be. */
    static ProblemDetail paymentWanted(@Nullable String reason, @Nullable String url) {
        ProblemDetail problem = problem(
                HttpStatus.PAYMENT_REQUIRED,
                "payment_failed",
                "The payment failed, so the plan is as it was. It changes once this is paid at payment_url within a"
                        + " day.");
        if (reason != null) {
            problem.setProperty("reason", reason);
        }
        return withUrl(problem, url);
    }

    static ProblemDetail undecided() {
        ProblemDetail problem = problem(
                HttpStatus.SERVICE_UNAVAILABLE,
                "change_undecided",
                "Stripe has not said whether it made the change. GET /api/subscription says so within minutes; it is"
                        + " not made twice.");
        problem.setProperty(ProblemAnswer.RETRY_AFTER, RETRY_AFTER_SECONDS);
        return problem;
    }

    static ProblemDetail noPlanNamed() {
        return unprocessable("no_choice", "Name the plan: {\"plan\": \"…\"}.");
    }

    static ProblemDetail invalid(String field, String allowed) {
        return unprocessable("invalid_" + field, field + " has to be " + allowed + ".");
    }

    private static ProblemDetail ending(Instant at) {
        ProblemDetail problem = conflict(
                "plan_ends",
                "This plan ends at " + at
                        + ". POST /api/subscription/reactivate keeps it, and then it can be changed.");
        problem.setProperty("cancel_at", at.toString());
        return problem;
    }

    private static ProblemDetail underWay() {
        ProblemDetail problem = conflict("change_under_way", "This plan is being changed right now.");
        problem.setProperty(ProblemAnswer.RETRY_AFTER, RETRY_AFTER_SECONDS);
        return problem;
    }

    private static ProblemDetail stale(Preview now) {
        ProblemDetail problem = conflict(
                "preview_stale",
                "The change was previewed too long ago, or comes to something else by now: see preview.");
        problem.setProperty("preview", PlanChangeBody.of("previewed", now));
        return problem;
    }

    private static ProblemDetail withUrl(ProblemDetail problem, @Nullable String url) {
        if (url != null) {
            problem.setProperty(PAYMENT_URL, url);
        }
        return problem;
    }

    private static ProblemDetail conflict(String code, String detail) {
        return problem(HttpStatus.CONFLICT, code, detail);
    }

    private static ProblemDetail unprocessable(String code, String detail) {
        return problem(HttpStatus.UNPROCESSABLE_CONTENT, code, detail);
    }
}
