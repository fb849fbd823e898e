package io.tollgate.sandbox.ai;

import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The simulator's own API, without a key, since it listens on the loopback interface only.
 *
 * <pre>
 * PUT    /_fake/behaviour          {model?, firstByteMillis, betweenChunksMillis, minTokens, maxTokens, tokensPerChunk,
 *                                   fault, times}: what is left out is as a fast model has it; no model: all of them
 * DELETE /_fake/behaviour          back to the start
 * GET    /_fake/deliveries         ?since=0&amp;limit=1000 or ?request=id: {deliveries, next, dropped}
 * GET    /_fake/deliveries/totals  ?account=id: {total, accounts, dropped}
 * DELETE /_fake/deliveries         forgets them and their totals
 * </pre>
 */
final class Control {
    static final String PREFIX = "/_fake/";
    private static final int PAGE = 1_000;
    private static final int LARGEST_PAGE = 10_000;
    private static final Set<String> MEMBERS = Set.of(
            "model",
            "firstByteMillis",
            "betweenChunksMillis",
            "minTokens",
            "maxTokens",
            "tokensPerChunk",
            "fault",
            "times");
    private static final JsonMapper JSON = JsonMapper.shared();

    private final Behaviours behaviours;
    private final Deliveries deliveries;

    Control(Behaviours behaviours, Deliveries deliveries) {
        this.behaviours = behaviours;
        this.deliveries = deliveries;
    }

    private record Page(List<Delivery> deliveries, long next, long dropped) {}

    private record Totals(DeliveryTotals total, Map<String, DeliveryTotals> accounts, long dropped) {}

    JsonResponse answer(FullHttpRequest request) {
        QueryStringDecoder uri = new QueryStringDecoder(request.uri());
        try {
            return switch (request.method().name() + " " + uri.path()) {
                case "PUT /_fake/behaviour" -> behave(request);
                case "DELETE /_fake/behaviour" -> done(behaviours::reset);
                case "GET /_fake/deliveries" -> page(uri);
                case "GET /_fake/deliveries/totals" -> totals(uri);
                case "DELETE /_fake/deliveries" -> done(deliveries::reset);
                default -> new JsonResponse(404, "{\"error\":\"no such control\"}");
            };
        } catch (JacksonException | IllegalArgumentException e) {
            return new JsonResponse(
                    400, JSON.createObjectNode().put("error", e.getMessage()).toString());
        }
    }

    private JsonResponse behave(FullHttpRequest request) {
        JsonNode body = JSON.readTree(request.content().toString(StandardCharsets.UTF_8));
        for (String name : body.propertyNames()) {
            if (!MEMBERS.contains(name)) {
                throw new IllegalArgumentException("no such member: " + name);
            }
        }
        Behaviour behaviour = behaviour(body);
        return body.has("model")
                ? done(() -> behaviours.put(body.get("model").asString(), behaviour))
                : done(() -> behaviours.putAll(behaviour));
    }

    private static Behaviour behaviour(JsonNode body) {
        Behaviour fast = Behaviour.fast();
        return new Behaviour(
                Duration.ofMillis(body.path("firstByteMillis").asLong(0)),
                Duration.ofMillis(body.path("betweenChunksMillis").asLong(0)),
                body.path("minTokens").asInt(fast.minTokens()),
                body.path("maxTokens").asInt(fast.maxTokens()),
                body.path("tokensPerChunk").asInt(fast.tokensPerChunk()),
                Fault.named(body.path("fault").asString("none")),
                body.path("times").asInt(Behaviour.ALWAYS));
    }

    private JsonResponse page(QueryStringDecoder uri) {
        String requestId = parameter(uri, "request");
        List<Delivery> page = requestId == null
                ? deliveries.since(number(uri, "since", 0), (int) Math.min(LARGEST_PAGE, number(uri, "limit", PAGE)))
                : deliveries.of(requestId);
        long next = page.isEmpty() ? number(uri, "since", 0) : page.getLast().sequence();
        return json(new Page(page, next, deliveries.dropped()));
    }

    private JsonResponse totals(QueryStringDecoder uri) {
        String account = parameter(uri, "account");
        Map<String, DeliveryTotals> accounts =
                account == null ? deliveries.totalsByAccount() : Map.of(account, deliveries.totals(account));
        return json(new Totals(deliveries.totals(), accounts, deliveries.dropped()));
    }

    private static JsonResponse done(Runnable change) {
        change.run();
        return new JsonResponse(200, "{}");
    }

    private static JsonResponse json(Object value) {
        return new JsonResponse(200, JSON.writeValueAsString(value));
    }

    private static long number(QueryStringDecoder uri, String name, long absent) {
        String value = parameter(uri, name);
        long number = value == null ? absent : Long.parseLong(value);
        if (number < 0) {
            throw new IllegalArgumentException(name + " cannot be negative");
        }
        return number;
    }

    private static @Nullable String parameter(QueryStringDecoder uri, String name) {
        List<String> values = uri.parameters().get(name);
        return values == null ? null : values.getFirst();
    }
}
