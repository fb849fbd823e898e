package io.tollgate.billing.checkout;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tollgate.billing.catalog.Quote;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;

/** Tells whether two wishes to pay would be the same request to Stripe. */
final class Fingerprint {

    private Fingerprint() {}

    static String of(String customerId, Quote.Priced offer, ReturnUrls urls) {
        List<String> parts = List.of(
                customerId,
                offer.title(),
                Long.toString(offer.credits().micros()),
                Long.toString(offer.price().money().minor()),
                offer.price().currency(),
                Objects.requireNonNullElse(offer.price().stripeId(), ""),
                urls.success().toString(),
                urls.cancel().toString());
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(String.join("\n", parts).getBytes(UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java platform has it
        }
    }
}
