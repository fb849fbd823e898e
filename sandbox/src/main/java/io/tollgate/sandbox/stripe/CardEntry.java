package io.tollgate.sandbox.stripe;

import java.time.Clock;
import java.time.YearMonth;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A card as someone typed it, already checked for what the form itself can see. */
record CardEntry(TestCard card, YearMonth expiry, String name) {
    static final String NUMBER_PREFILLED = "4242 4242 4242 4242";
    static final String EXPIRY_PREFILLED = "12 / 34";
    static final String CVC_PREFILLED = "123";

    private static final Pattern EXPIRY = Pattern.compile("\\s*(\\d{1,2})\\s*/?\\s*(?:20)?(\\d{2})\\s*");
    private static final Pattern CVC = Pattern.compile("\\s*\\d{3,4}\\s*");

    /** Refuses with a card error, as Stripe's own form does. */
    static CardEntry parse(Form form, Clock clock) {
        TestCard card = card(form.text("number").orElse(""));
        YearMonth expiry = expiry(form.text("expiry").orElse(""));
        if (expiry.isBefore(YearMonth.now(clock))) {
            throw refused("invalid_expiry_year", "Your card's expiration date is in the past.");
        }
        if (!CVC.matcher(form.text("cvc").orElse("")).matches()) {
            throw refused("invalid_cvc", "Your card's security code is incomplete.");
        }
        return new CardEntry(card, expiry, form.text("name").orElse("").strip());
    }

    /** Valid for longer than anyone lets virtual time run. */
    static CardEntry of(TestCard card) {
        return new CardEntry(card, YearMonth.of(2074, 12), "");
    }

    /** Finds the test card with this number, spaces allowed. */
    static TestCard card(String number) {
        String digits = number.replaceAll("[\\s-]", "");
        return TestCard.byNumber(digits)
                .orElseThrow(() -> passesLuhn(digits)
                        ? ApiException.declined(new TestCard.Outcome.Declined(
                                "card_declined",
                                "test_mode_live_card",
                                "Your card was declined. Only Stripe's test cards work here."))
                        : refused("incorrect_number", "Your card number is incorrect."));
    }

    private static YearMonth expiry(String text) {
        Matcher matcher = EXPIRY.matcher(text);
        if (!matcher.matches()) {
            throw refused("invalid_expiry_month", "Your card's expiration date is incomplete.");
        }
        int month = Integer.parseInt(matcher.group(1));
        if (month < 1 || month > 12) {
            throw refused("invalid_expiry_month", "Your card's expiration month is invalid.");
        }
        return YearMonth.of(2000 + Integer.parseInt(matcher.group(2)), month);
    }

    private static boolean passesLuhn(String digits) {
        if (!digits.matches("\\d{12,19}")) {
            return false;
        }
        int sum = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(digits.length() - 1 - i) - '0';
            int weighted = i % 2 == 0 ? digit : digit * 2;
            sum += weighted > 9 ? weighted - 9 : weighted;
        }
        return sum % 10 == 0;
    }

    static ApiException refused(String code, String message) {
        return ApiException.declined(new TestCard.Outcome.Declined(code, "", message));
    }
}
