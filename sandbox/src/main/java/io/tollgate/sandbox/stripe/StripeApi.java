package io.tollgate.sandbox.stripe;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/** The way of a request through {@code /v1}: outage, key, idempotency, endpoint, expansion. */
final class StripeApi {
    private final Simulation simulation;
    private final Router router;
    private final Expansion expansion;
    private final Outages outages;
    private final IdempotencyKeys idempotencyKeys;
    private final byte[] apiKey;

    StripeApi(Simulation simulation, Router router, Expansion expansion, Outages outages, String apiKey) {
        this.simulation = simulation;
        this.router = router;
        this.expansion = expansion;
        this.outages = outages;
        this.idempotencyKeys = new IdempotencyKeys(simulation.clock());
        this.apiKey = apiKey.getBytes(StandardCharsets.UTF_8);
    }

    Reply handle(Incoming request) {
        String requestId = Ids.next("req_", 14);
        Reply reply = underOutage(request, requestId, outages.next());
        return reply instanceof Reply.Answer answer
                ? answer.with("Request-Id", requestId).with("Stripe-Version", Simulation.API_VERSION)
                : reply;
    }

    private Reply underOutage(Incoming request, String requestId, Outages.Fate fate) {
        return switch (fate.outage()) {
            case NONE, STALL, ERROR_500_SAVED -> answer(request, requestId, fate);
            case REFUSE -> new Reply.Silence();
            case TIMEOUT_BEFORE_EFFECT -> silentUntilTheEnd(fate);
            case TIMEOUT_AFTER_EFFECT -> {
                Reply.Answer _ = answer(request, requestId, fate);
                yield silentUntilTheEnd(fate);
            }
            case RATE_LIMIT -> Reply.of(ApiException.rateLimited());
            case ERROR_500 -> Reply.of(ApiException.outage());
        };
    }

    private static Reply silentUntilTheEnd(Outages.Fate fate) {
        fate.awaitEnd();
        return new Reply.Silence();
    }

    private Reply.Answer answer(Incoming request, String requestId, Outages.Fate fate) {
        try {
            authenticate(request);
            Optional<String> key = request.method().equals("POST")
                    ? request.header("Idempotency-Key").filter(value -> !value.isEmpty())
                    : Optional.empty();
            return key.isPresent()
                    ? once(request, requestId, key.get(), fate)
                    : execute(request, new Simulation.Cause(requestId, ""), fate);
        } catch (ApiException refusal) {
            return Reply.json(refusal.statusAt(request.path()), refusal.body());
        }
    }

    private void authenticate(Incoming request) {
        String header = request.header("Authorization").orElse("");
        byte[] given = secretIn(header).getBytes(StandardCharsets.UTF_8);
        if (given.length == 0) {
            throw ApiException.unauthorized("You did not provide an API key. Set it as a bearer token.");
        }
        if (!MessageDigest.isEqual(given, apiKey)) {
            throw ApiException.unauthorized("Invalid API Key provided.");
        }
    }

    private static String secretIn(String authorization) {
        if (authorization.startsWith("Bearer ")) {
            return authorization.substring("Bearer ".length());
        }
        if (!authorization.startsWith("Basic ")) {
            return "";
        }
        try {
            String pair = new String(
                    Base64.getDecoder().decode(authorization.substring("Basic ".length())), StandardCharsets.UTF_8);
            int colon = pair.indexOf(':');
            return colon < 0 ? pair : pair.substring(0, colon);
        } catch (IllegalArgumentException _) {
            return "";
        }
    }

    private Reply.Answer once(Incoming request, String requestId, String key, Outages.Fate fate) {
        Optional<Reply.Answer> replay = idempotencyKeys.begin(key, fingerprint(request));
        if (replay.isPresent()) {
            return replay.get().with("Idempotent-Replayed", "true");
        }
        try {
            Reply.Answer answer = execute(request, new Simulation.Cause(requestId, key), fate)
                    .with("Idempotency-Key", key)
                    .with("Original-Request", requestId);
            idempotencyKeys.keep(key, answer);
            return answer;
        } catch (RuntimeException refused) {
            idempotencyKeys.forget(key);
            throw refused;
        }
    }

    /** The same parameters in another order are the same request. */
    private static String fingerprint(Incoming request) {
        return request.path() + "\n"
                + Stream.of(request.body().split("&", -1)).sorted().collect(Collectors.joining("&"));
    }

    /** Returns what is to be kept under the key; throws what is not. */
    private Reply.Answer execute(Incoming request, Simulation.Cause cause, Outages.Fate fate) {
        if (fate.outage() == Outage.ERROR_500_SAVED) {
            return Reply.of(ApiException.outage());
        }
        if (fate.outage() == Outage.STALL) {
            fate.awaitEnd();
        }
        Router.Match match = router.find(request.method(), request.path())
                .orElseThrow(() -> ApiException.unknownUrl(request.method(), request.path()));
        Form form = Form.parse(request.method().equals("POST") ? request.body() : request.query());
        List<String> expand = form.textList("expand");
        ApiRequest apiRequest = new ApiRequest(request.path(), match.variables(), form);
        return simulation.inTurn(cause, () -> {
            try {
                ObjectNode result = match.endpoint().answer(apiRequest).deepCopy();
                expansion.expand(result, expand);
                return Reply.json(200, result);
            } catch (ApiException failure) {
                if (failure.endsTheRequest()) {
                    return Reply.of(failure);
                }
                throw failure;
            }
        });
    }
}
