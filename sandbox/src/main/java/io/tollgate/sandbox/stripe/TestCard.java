package io.tollgate.sandbox.stripe;

import java.util.Arrays;
import java.util.Optional;

/** Stripe's test cards, each with the end it always comes to. */
enum TestCard {
    VISA("4242424242424242", "pm_card_visa", "visa", "", "", ""),
    MASTERCARD("5555555555554444", "pm_card_mastercard", "mastercard", "", "", ""),
    AUTHENTICATED_ONCE("4000002500003155", "pm_card_authenticationRequiredOnSetup", Habit.AUTHENTICATES_UNLESS_SAVED),
    AUTHENTICATED_ALWAYS("4000002760003184", "pm_card_authenticationRequired", Habit.AUTHENTICATES),
    DISPUTED("4000000000000259", "pm_card_createDispute", Habit.DISPUTES_AS_FRAUD),
    DISPUTED_NOT_RECEIVED(
            "4000000000002685", "pm_card_createDisputeProductNotReceived", Habit.DISPUTES_AS_NOT_RECEIVED),
    INQUIRED("4000000000001976", "pm_card_createDisputeInquiry", Habit.INQUIRES),
    WARNED("4000000000005423", "pm_card_createIssuerFraudRecord", Habit.WARNS_OF_FRAUD),
    REFUNDED_SLOWLY("4000000000007726", "pm_card_pendingRefund", Habit.REFUNDS_SLOWLY),
    REFUND_FAILS("4000000000005126", "pm_card_refundFail", Habit.REFUND_FAILS),
    DECLINED(
            "4000000000000002",
            "pm_card_visa_chargeDeclined",
            "visa",
            "card_declined",
            "generic_decline",
            "Your card was declined."),
    INSUFFICIENT_FUNDS(
            "4000000000009995",
            "pm_card_visa_chargeDeclinedInsufficientFunds",
            "visa",
            "card_declined",
            "insufficient_funds",
            "Your card has insufficient funds."),
    LOST(
            "4000000000009987",
            "pm_card_visa_chargeDeclinedLostCard",
            "visa",
            "card_declined",
            "lost_card",
            "Your card was declined."),
    STOLEN(
            "4000000000009979",
            "pm_card_visa_chargeDeclinedStolenCard",
            "visa",
            "card_declined",
            "stolen_card",
            "Your card was declined."),
    VELOCITY(
            "4000000000006975",
            "pm_card_visa_chargeDeclinedVelocityLimitExceeded",
            "visa",
            "card_declined",
            "card_velocity_exceeded",
            "Your card was declined for making repeated attempts too frequently or exceeding its amount limit."),
    /** Can be saved, but every charge on it is declined. */
    SAVED_ONLY(
            "4000000000000341",
            "pm_card_chargeCustomerFail",
            "visa",
            "card_declined",
            "generic_decline",
            "Your card was declined."),
    AUTHENTICATED_BUT_BROKE(
            "4000008260003178",
            "pm_card_authenticationRequiredChargeDeclinedInsufficientFunds",
            "visa",
            "card_declined",
            "insufficient_funds",
            "Your card has insufficient funds.",
            Habit.AUTHENTICATES),
    EXPIRED(
            "4000000000000069",
            "pm_card_chargeDeclinedExpiredCard",
            "visa",
            "expired_card",
            "",
            "Your card has expired."),
    WRONG_CVC(
            "4000000000000127",
            "pm_card_chargeDeclinedIncorrectCvc",
            "visa",
            "incorrect_cvc",
            "",
            "Your card's security code is incorrect."),
    PROCESSING_ERROR(
            "4000000000000119",
            "pm_card_chargeDeclinedProcessingError",
            "visa",
            "processing_error",
            "",
            "An error occurred while processing your card. Try again in a little bit.");

    private final String number;
    private final String token;
    private final String brand;
    private final String code;
    private final String declineCode;
    private final String message;
    private final Habit habit;

    TestCard(String number, String token, Habit habit) {
        this(number, token, "visa", "", "", "", habit);
    }

    TestCard(String number, String token, String brand, String code, String declineCode, String message) {
        this(number, token, brand, code, declineCode, message, Habit.NONE);
    }

    TestCard(String number, String token, String brand, String code, String declineCode, String message, Habit habit) {
        this.number = number;
        this.token = token;
        this.brand = brand;
        this.code = code;
        this.declineCode = declineCode;
        this.message = message;
        this.habit = habit;
    }

    /** What a card or its holder does besides being charged. */
    enum Habit {
        NONE,
        /** Proves who they are at each charge, unless the card was saved with their consent before. */
        AUTHENTICATES_UNLESS_SAVED,
        AUTHENTICATES,
        DISPUTES_AS_FRAUD,
        DISPUTES_AS_NOT_RECEIVED,
        INQUIRES,
        WARNS_OF_FRAUD,
        REFUNDS_SLOWLY,
        REFUND_FAILS
    }

    Habit habit() {
        return habit;
    }

    /** How a charge on a card ends. */
    sealed interface Outcome {
        /** The money moves. */
        record Approved() implements Outcome {}

        /** The bank, or the form, says no; {@code declineCode} is empty unless the code is card_declined. */
        record Declined(String code, String declineCode, String message) implements Outcome {}
    }

    static Optional<TestCard> byNumber(String number) {
        return Arrays.stream(values())
                .filter(card -> card.number.equals(number))
                .findFirst();
    }

    /** Finds the card behind one of Stripe's shared names for payment methods, such as {@code pm_card_visa}. */
    static Optional<TestCard> byToken(String token) {
        return Arrays.stream(values()).filter(card -> card.token.equals(token)).findFirst();
    }

    String last4() {
        return number.substring(number.length() - 4);
    }

    String brand() {
        return brand;
    }

    Outcome outcome() {
        return code.isEmpty() ? new Outcome.Approved() : new Outcome.Declined(code, declineCode, message);
    }

    /** How it ends to save the card without charging it: some fail only later. */
    Outcome whenSaved() {
        return this == SAVED_ONLY || this == AUTHENTICATED_BUT_BROKE ? new Outcome.Approved() : outcome();
    }

    /** The same card has the same fingerprint, however often it is entered. */
    String fingerprint() {
        return "Fp" + Integer.toHexString(number.hashCode()) + last4();
    }
}
