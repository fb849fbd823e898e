package io.tollgate.sandbox.stripe;

import java.util.Arrays;
import java.util.Optional;

/** Stripe's test cards, each with the end it always comes to. */
enum TestCard {
    VISA("4242424242424242", "pm_card_visa", "visa", "", "", ""),
    MASTERCARD("5555555555554444", "pm_card_mastercard", "mastercard", "", "", ""),
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

    TestCard(String number, String token, String brand, String code, String declineCode, String message) {
        this.number = number;
        this.token = token;
        this.brand = brand;
        this.code = code;
        this.declineCode = declineCode;
        this.message = message;
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

    /** The same card has the same fingerprint, however often it is entered. */
    String fingerprint() {
        return "Fp" + Integer.toHexString(number.hashCode()) + last4();
    }
}
