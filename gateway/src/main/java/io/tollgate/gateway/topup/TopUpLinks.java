package io.tollgate.gateway.topup;

import io.tollgate.billing.checkout.ReturnUrls;
import io.tollgate.gateway.topup.SignedTokens.Purpose;
import io.tollgate.metering.account.AccountId;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * The addresses of an account's top-up pages. A <em>pay</em> token opens the page behind {@code top_up_url} and is short-lived;
 * an <em>order</em> token opens only the success page of a checkout of that account, and outlives the payment.
 */
public final class TopUpLinks {

    private static final String PATH = "/top-up/";

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

    /** Where Stripe sends somebody back to who came by {@code payToken}. */
    public ReturnUrls returnUrls(AccountId account, String payToken) {
        return new ReturnUrls(orderPage(account, "/success"), URI.create(publicUrl + PATH + payToken + "/cancel"));
    }

    /** Where Stripe sends somebody back to who came by a program of theirs. */
    public ReturnUrls returnUrls(AccountId account) {
        return new ReturnUrls(orderPage(account, "/success"), orderPage(account, "/cancel"));
    }

    /** The same address for an hour: billing tells a repeated request by its being the same to the letter. */
    private URI orderPage(AccountId account, String page) {
        Instant expiresAt =
                clock.instant().plus(orderTtl).truncatedTo(ChronoUnit.HOURS).plus(1, ChronoUnit.HOURS);
        return URI.create(publicUrl + PATH + tokens.sign(Purpose.ORDER, account, expiresAt) + page);
    }

    public TokenCheck check(String payToken) {
        return tokens.check(Purpose.PAY, payToken, clock.instant());
    }

    public TokenCheck checkOrder(String orderToken) {
        return tokens.check(Purpose.ORDER, orderToken, clock.instant());
    }
}
