package io.tollgate.gateway.topup;

import io.tollgate.gateway.topup.SignedTokens.Purpose;
import io.tollgate.metering.account.AccountId;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;

/**
 * The addresses of an account's top-up pages. A <em>pay</em> token opens the page behind {@code top_up_url} and is short-lived;
 * an <em>order</em> token opens only the success page of a checkout of that account, and outlives the payment.
 */
public final class TopUpLinks {

    private final SignedTokens tokens;
    private final String publicUrl;
    private final Duration linkTtl;
    private final Duration orderTtl;
    private final Clock clock;

    TopUpLinks(SignedTokens tokens, URI publicUrl, TopUpSettings settings, Clock clock) {
        this.tokens = tokens;
        this.publicUrl = publicUrl.toString().replaceAll("/+$", "");
        this.linkTtl = settings.linkTtl();
        this.orderTtl = settings.orderTtl();
        this.clock = clock;
    }

    /** A fresh {@code top_up_url}. */
    public URI forAccount(AccountId account) {
        return URI.create(publicUrl + "/top-up/"
                + tokens.sign(Purpose.PAY, account, clock.instant().plus(linkTtl)));
    }

    /** Where Stripe sends a payer back to; it puts the session's id in place of the placeholder. */
    public String successUrl(AccountId account) {
        String token = tokens.sign(Purpose.ORDER, account, clock.instant().plus(orderTtl));
        return publicUrl + "/top-up/" + token + "/success?session_id={CHECKOUT_SESSION_ID}";
    }

    /** Where Stripe sends somebody who changed their mind. */
    public String cancelUrl(AccountId account) {
        return forAccount(account) + "/cancel";
    }

    public TokenCheck check(String payToken) {
        return tokens.check(Purpose.PAY, payToken, clock.instant());
    }

    public TokenCheck checkOrder(String orderToken) {
        return tokens.check(Purpose.ORDER, orderToken, clock.instant());
    }
}
