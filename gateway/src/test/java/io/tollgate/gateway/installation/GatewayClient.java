package io.tollgate.gateway.installation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Speaks HTTP to a gateway as its clients do. Redirects are answers, not followed. */
public final class GatewayClient {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final URI base;

    public GatewayClient(URI base) {
        this.base = base;
    }

    public URI base() {
        return base;
    }

    public HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(base.resolve(path)).timeout(PATIENCE);
    }

    public HttpResponse<String> get(String path, @Nullable String bearer) {
        return send(authorised(request(path), bearer));
    }

    public HttpResponse<String> postJson(String path, String json, @Nullable String bearer) {
        return send(jsonPost(path, json, bearer));
    }

    public CompletableFuture<HttpResponse<String>> postJsonLater(String path, String json, @Nullable String bearer) {
        return http.sendAsync(jsonPost(path, json, bearer).build(), BodyHandlers.ofString());
    }

    public HttpResponse<String> postForm(String path, String form) {
        return send(request(path)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form)));
    }

    public HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private HttpRequest.Builder jsonPost(String path, String json, @Nullable String bearer) {
        return authorised(
                request(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(json)), bearer);
    }

    private static HttpRequest.Builder authorised(HttpRequest.Builder request, @Nullable String bearer) {
        return bearer == null ? request : request.header("Authorization", "Bearer " + bearer);
    }
}
