package io.tollgate.billing.checkout;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tollgate.billing.order.OrderedPlan;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Tells whether two wishes to pay would be the same request to Stripe. */
final class Fingerprint {

    private Fingerprint() {}

    static String of(String customerId, Wanted wanted, Visit visit, SessionOptions options) {
        List<String> parts = List.of(
                customerId,
                wanted.title(),
                Long.toString(wanted.credits().micros()),
                Long.toString(wanted.price().money().minor()),
                wanted.price().currency(),
                Objects.requireNonNullElse(wanted.price().stripeId(), ""),
                plan(wanted.plan()),
                visit.urls().success().toString(),
                visit.urls().cancel().toString(),
                Objects.requireNonNullElse(visit.locale(), ""),
                visit.cardUse().name(),
                options.toString());
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(String.join("\n", parts).getBytes(UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java platform has it
        }
    }

    private static String plan(@Nullable OrderedPlan plan) {
        return plan == null ? "" : plan.toString();
    }
}
