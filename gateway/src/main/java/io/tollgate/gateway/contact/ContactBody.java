package io.tollgate.gateway.contact;

import io.tollgate.billing.notice.Contact;
import io.tollgate.billing.notice.EmailAddress;
import io.tollgate.metering.credit.Credits;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * How an account wants to be told, as clients write and read it.
 *
 * @param email null for no mail
 * @param lowCredit told when credit falls below, a decimal; null for the installation's default, 0 for never
 */
@JsonNaming(SnakeCaseStrategy.class)
public record ContactBody(@Nullable String email, @Nullable String lowCredit) {

    public static final ContactBody ABSENT = new ContactBody(null, null);

    private static final Pattern CREDITS = Pattern.compile("[0-9]{1,10}(\\.[0-9]{1,6})?");

    public static ContactBody of(Contact contact) {
        EmailAddress email = contact.email();
        Credits lowCredit = contact.lowCredit();
        return new ContactBody(email == null ? null : email.value(), lowCredit == null ? null : lowCredit.toDecimal());
    }

    /** What is wrong with it; null if nothing is. */
    public @Nullable String problem() {
        if (email != null && !EmailAddress.isAllowed(email)) {
            return "email has to be " + EmailAddress.ALLOWED + ", or null for no mail.";
        }
        return lowCredit == null || isCredits(lowCredit)
                ? null
                : "low_credit has to be a decimal string from 0 to " + Credits.MAX
                        + " such as \"5.00\", with at most six decimals; null for the default, \"0\" for never.";
    }

    /** To be called if there is no {@link #problem()}. */
    public Contact contact() {
        return new Contact(
                email == null ? null : new EmailAddress(email), lowCredit == null ? null : Credits.parse(lowCredit));
    }

    // Bounded before it is parsed: an exponent could ask for more digits than there is memory.
    private static boolean isCredits(String text) {
        try {
            return CREDITS.matcher(text).matches() && Credits.parse(text).micros() >= 0;
        } catch (IllegalArgumentException beyondBound) {
            return false;
        }
    }
}
