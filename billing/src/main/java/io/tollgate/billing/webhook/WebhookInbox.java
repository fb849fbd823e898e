package io.tollgate.billing.webhook;

import io.micrometer.core.instrument.MeterRegistry;
import io.tollgate.billing.webhook.ReceiveResult.Accepted;
import io.tollgate.billing.webhook.ReceiveResult.Reason;
import io.tollgate.billing.webhook.ReceiveResult.Rejected;
import java.time.InstantSource;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Where Stripe's deliveries arrive. What is not signed by Stripe, or was signed at another time, is refused; the rest is stored
 * before it is answered, since an answer makes Stripe forget it.
 */
public final class WebhookInbox {

    private final WebhookSecrets secrets;
    private final StoredEvents events;
    private final WebhookSettings settings;
    private final InstantSource clock;
    private final MeterRegistry meters;
    private final Doorbell arrivals = new Doorbell();

    public WebhookInbox(
            WebhookSecrets secrets,
            StoredEvents events,
            WebhookSettings settings,
            InstantSource clock,
            MeterRegistry meters) {
        this.secrets = secrets;
        this.events = events;
        this.settings = settings;
        this.clock = clock;
        this.meters = meters;
    }

    /**
     * Takes a delivery in.
     *
     * @param rawBody the bytes as they came: signatures are made of bytes, not of what a parser made of them
     * @param signature the header {@code Stripe-Signature}; null if there is none
     */
    public Mono<ReceiveResult> receive(byte[] rawBody, @Nullable String signature) {
        return Mono.defer(() -> {
            Reason doubt = doubt(rawBody, signature);
            Delivered event = doubt == null ? Delivered.read(rawBody) : null;
            return event == null ? rejected(doubt == null ? Reason.BODY_MALFORMED : doubt) : stored(event, rawBody);
        });
    }

    /** Completes once something was stored here since the last time this completed; for one listener. */
    public Mono<Void> arrival() {
        return arrivals.rung();
    }

    private @Nullable Reason doubt(byte[] body, @Nullable String signature) {
        if (secrets.isEmpty()) {
            return Reason.NOT_CONFIGURED;
        }
        if (body.length > settings.bodyMaxBytes()) {
            return Reason.BODY_TOO_LARGE;
        }
        if (signature == null || signature.isBlank()) {
            return Reason.SIGNATURE_MISSING;
        }
        SignatureHeader header = SignatureHeader.parse(signature);
        if (header == null) {
            return Reason.SIGNATURE_MALFORMED;
        }
        return secrets.signed(header, body) ? untimely(header) : Reason.SIGNATURE_WRONG;
    }

    private @Nullable Reason untimely(SignatureHeader header) {
        long age = clock.instant().getEpochSecond() - header.seconds();
        if (age > settings.tolerance().toSeconds()) {
            return Reason.STALE;
        }
        return -age > settings.tolerance().toSeconds() ? Reason.FUTURE_DATED : null;
    }

    private Mono<ReceiveResult> rejected(Reason reason) {
        meters.counter("tollgate.webhook.rejected", "reason", reason.name().toLowerCase(Locale.ROOT))
                .increment();
        return Mono.just(new Rejected(reason));
    }

    private Mono<ReceiveResult> stored(Delivered event, byte[] body) {
        return events.store(event.id(), event.type(), event.objectId(), body).then(Mono.fromSupplier(this::announced));
    }

    private ReceiveResult announced() {
        meters.counter("tollgate.webhook.accepted").increment();
        arrivals.ring();
        return new Accepted();
    }
}
