package io.tollgate.sandbox.stripe;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.concurrent.Executor;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs and sends one attempt. Each attempt has its own timestamp, taken from the real clock, not the virtual one. */
final class WebhookSender implements AutoCloseable {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(10);

    private final HttpClient client;
    private final Clock clock;
    private final String secret;

    WebhookSender(Clock clock, String secret, Executor executor) {
        this.clock = clock;
        this.secret = secret;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(CONNECT_TIMEOUT)
                .executor(executor)
                .build();
    }

    Delivery send(Parcel parcel, int attempt) {
        Instant now = clock.instant();
        HttpRequest request = HttpRequest.newBuilder(parcel.endpoint())
                .timeout(ANSWER_TIMEOUT)
                .header("Content-Type", "application/json; charset=utf-8")
                .header("User-Agent", "Stripe/1.0 (simulated)")
                .header("Stripe-Signature", signature(now.getEpochSecond(), parcel.body()))
                .POST(HttpRequest.BodyPublishers.ofString(parcel.body()))
                .build();
        try {
            int status =
                    client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
            return outcome(parcel, attempt, status, "", now);
        } catch (IOException e) {
            return outcome(parcel, attempt, 0, e.toString(), now);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return outcome(parcel, attempt, 0, "interrupted", now);
        }
    }

    /** What becomes of an event that is never sent. */
    Delivery unsent(Parcel parcel, String problem) {
        return outcome(parcel, 0, 0, problem, clock.instant());
    }

    private static Delivery outcome(Parcel parcel, int attempt, int status, String problem, Instant at) {
        return new Delivery(parcel.event(), parcel.type(), parcel.endpoint(), attempt, status, problem, at);
    }

    private String signature(long timestamp, String body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            byte[] digest = mac.doFinal((timestamp + "." + body).getBytes(StandardCharsets.UTF_8));
            return "t=" + timestamp + ",v1=" + HexFormat.of().formatHex(digest);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HmacSHA256", e);
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
