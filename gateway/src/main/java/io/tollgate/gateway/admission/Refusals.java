package io.tollgate.gateway.admission;

import io.tollgate.gateway.admission.RefusedCalls.Lack;
import io.tollgate.gateway.admission.RefusedCalls.RefusedCall;
import io.tollgate.gateway.problem.Problem;
import io.tollgate.gateway.topup.TopUpLinks;
import io.tollgate.metering.account.AccountState;
import io.tollgate.metering.account.Balance;
import io.tollgate.metering.credit.Credits;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** What a client is told whose call is not paid for: the reason, what it would take, and where to top up. */
final class Refusals {

    private static final String RETRY_AFTER_SECONDS = "1";

    private final TopUpLinks links;
    private final RefusedCalls refusedCalls;

    Refusals(TopUpLinks links, RefusedCalls refusedCalls) {
        this.links = links;
        this.refusedCalls = refusedCalls;
    }

    /** Reasons of a 402, as they stand in the header {@code Tollgate-Reason} and in the body. */
    private enum Reason {
        INSUFFICIENT_CREDIT,
        CREDIT_IN_USE,
        CALL_EXCEEDS_CREDIT,
        ACCOUNT_FROZEN;

        private final String code = name().toLowerCase(Locale.ROOT);
    }

    /** Also lets those know who may bring the account credit. */
    Problem tooLittle(OpenHold hold, Balance balance) {
        if (isInUse(hold, balance)) {
            tell(hold, balance, Lack.CREDIT_IN_USE);
            return inUse(hold, balance);
        }
        long affordable = affordablePerChoice(hold, balance.spendable());
        if (affordable >= Estimate.USEFUL_OUTPUT) {
            tell(hold, balance, Lack.CALL_EXCEEDS_CREDIT);
            return exceeding(hold, balance, affordable);
        }
        tell(hold, balance, Lack.INSUFFICIENT_CREDIT);
        return insufficient(hold, balance);
    }

    private void tell(OpenHold hold, Balance balance, Lack lack) {
        refusedCalls.refused(new RefusedCall(
                hold.call().key().account(), lack, hold.estimate().ceiling(), balance.availableMicros()));
    }

    /** Whether the call, perhaps with its cap lowered, would be admitted if no other held anything. */
    private static boolean isInUse(OpenHold hold, Balance balance) {
        long posted = balance.postedMicros();
        return posted >= hold.estimate().ceiling().micros()
                || (posted > 0
                        && balance.heldMicros() > 0
                        && hold.mayBeLowered()
                        && affordablePerChoice(hold, Credits.ofMicros(posted)) >= Estimate.USEFUL_OUTPUT);
    }

    private static long affordablePerChoice(OpenHold hold, Credits available) {
        return hold.estimate().affordableOutput(hold.call().model().price(), available)
                / hold.call().request().choices();
    }

    Problem notActive(OpenHold hold, AccountState state) {
        return switch (state) {
            case FROZEN ->
                refused(
                        Reason.ACCOUNT_FROZEN,
                        "The account is frozen: its credit cannot be used at present. Contact the operator.",
                        facts(hold, Reason.ACCOUNT_FROZEN));
            case CLOSED -> Problem.of(403, "account_closed", "The account has been closed.");
            case ACTIVE -> throw new IllegalStateException("refused though active: " + hold.id());
        };
    }

    Problem tooManyCalls(long limit) {
        return Problem.of(
                        429,
                        "too_many_open_calls",
                        "The account has " + limit
                                + " calls under way, which is as many as it may. Try again when some have ended.")
                .header("Retry-After", RETRY_AFTER_SECONDS);
    }

    private Problem inUse(OpenHold hold, Balance balance) {
        return paymentRequired(
                        Reason.CREDIT_IN_USE,
                        "Other calls under way hold the credit that this call needs. Try again when they have ended, or top up.",
                        facts(hold, balance, Reason.CREDIT_IN_USE))
                .header("Retry-After", RETRY_AFTER_SECONDS)
                .header("x-should-retry", "true");
    }

    private Problem exceeding(OpenHold hold, Balance balance, long perChoice) {
        Map<String, String> facts = facts(hold, balance, Reason.CALL_EXCEEDS_CREDIT);
        facts.put("affordable_output_tokens", Long.toString(perChoice));
        return refused(
                Reason.CALL_EXCEEDS_CREDIT,
                "The call may cost " + hold.estimate().ceiling() + " credits, " + available(balance)
                        + " are available. Ask for at most " + perChoice + " output tokens, or top up.",
                facts);
    }

    private Problem insufficient(OpenHold hold, Balance balance) {
        return refused(
                Reason.INSUFFICIENT_CREDIT,
                "The call may cost " + hold.estimate().ceiling() + " credits, " + available(balance)
                        + " are available. Top up to go on.",
                facts(hold, balance, Reason.INSUFFICIENT_CREDIT));
    }

    private Map<String, String> facts(OpenHold hold, Balance balance, Reason reason) {
        Map<String, String> facts = facts(hold, reason);
        facts.put("available", available(balance));
        facts.put("top_up_url", links.forAccount(hold.call().key().account()).toString());
        return facts;
    }

    private static Map<String, String> facts(OpenHold hold, Reason reason) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("reason", reason.code);
        facts.put("required", hold.estimate().ceiling().toDecimal());
        return facts;
    }

    private static String available(Balance balance) {
        return Credits.decimal(balance.availableMicros());
    }

    /** Trying again changes nothing: the official SDKs obey the header. */
    private static Problem refused(Reason reason, String message, Map<String, String> facts) {
        return paymentRequired(reason, message, facts).header("x-should-retry", "false");
    }

    private static Problem paymentRequired(Reason reason, String message, Map<String, String> facts) {
        return Problem.of(402, reason.code, message).with(facts).header("Tollgate-Reason", reason.code);
    }
}
