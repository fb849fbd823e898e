package io.tollgate.billing.autotopup;

import java.net.URI;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Stripe, as far as saving cards needs it. Every method may signal {@link
 * io.tollgate.billing.checkout.StripeUnavailableException}.
 */
public interface SavedCards {

    /**
     * A card and whose it is.
     *
     * @param customer null for nobody's any more
     */
    record Owned(Card card, @Nullable String customer) {}

    /** A card somebody saved on a page of ours, and when. */
    record Setup(Owned card, Instant savedAt) {}

    /** What became of a wish to save a card. */
    sealed interface SetupResult {
        /** Send the owner to {@code url}. */
        record Started(String url, String sessionId) implements SetupResult {}

        /** Stripe will not have it. An operator has to look. */
        record Refused(String code) implements SetupResult {}

        record StripeUnavailable() implements SetupResult {}

        /** This installation has no key for Stripe. */
        record NotConfigured() implements SetupResult {}
    }

    /** Opens a page where the customer's owner can save a card; {@code key} makes a repeated request the same one. */
    Mono<SetupResult> open(String customer, String key, URI back);

    /** The card saved in a session; empty if the session is about something else, or not complete. */
    Mono<Setup> savedIn(String sessionId);

    /** Empty if there is no such card. */
    Mono<Owned> find(String paymentMethod);

    /** The card the customer saved last; empty if they have none. */
    Mono<Owned> latestOf(String customer);

    /** The customer's own default; empty if they have none that is a card. */
    Mono<Owned> defaultOf(String customer);
}
