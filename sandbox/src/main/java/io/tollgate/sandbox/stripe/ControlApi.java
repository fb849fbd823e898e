package io.tollgate.sandbox.stripe;

import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code /_fake/}: the methods of {@link StripeSimulator} over HTTP, JSON in and out; what is wrong with a request is
 * a 400 in the shape of the API's own errors. The calls are listed at the package.
 */
final class ControlApi {
    static final String PREFIX = "/_fake/";
    private static final int COPIES_MAX = 100;
    private static final long SECONDS_MAX = Duration.ofDays(3_660).toSeconds();

    private final StripeSimulator simulator;
    private final BankControl bank;
    private final SubscriberControl subscribers;
    private final JsonMapper json = JsonMapper.builder().build();

    ControlApi(StripeSimulator simulator) {
        this.simulator = simulator;
        this.bank = new BankControl(simulator);
        this.subscribers = new SubscriberControl(simulator);
    }

    Reply handle(Incoming request) {
        try {
            JsonNode body = json.readTree(request.body().isBlank() ? "{}" : request.body());
            String call = request.method() + " " + request.path().substring(PREFIX.length());
            return Reply.json(200, json.valueToTree(answer(call, body)));
        } catch (JacksonException _) {
            return Reply.of(ApiException.badRequest("The body is not JSON."));
        } catch (IllegalArgumentException wrong) {
            return Reply.of(ApiException.badRequest(String.valueOf(wrong.getMessage())));
        } catch (ApiException refused) {
            return Reply.of(refused);
        }
    }

    private Object answer(String call, JsonNode body) {
        return switch (call) {
            case "GET state" -> simulator.state();
            case "GET deliveries" -> simulator.deliveries();
            case "POST webhooks/flush" -> simulator.flushWebhooks();
            case "POST webhooks/mode" -> deliverWebhooks(body);
            case "POST webhooks/endpoints" -> deliverWebhooksTo(body);
            case "POST webhooks/form" -> writeEvents(body);
            case "POST tax" -> tax(body);
            case "POST outage" -> outage(body);
            case "POST clock/advance" -> advance(body);
            default -> onOne(List.of(call.split("[ /]", -1)), body);
        };
    }

    /** Calls that name an object: {@code POST sessions/{id}/pay} and the like. */
    private Object onOne(List<String> call, JsonNode body) {
        if (call.size() != 4) {
            throw unknown(call);
        }
        String id = call.get(2);
        return switch (call.get(0) + " " + call.get(1) + " " + call.get(3)) {
            case "POST sessions pay" -> pay(id, body.path("card").asString("4242424242424242"));
            case "POST sessions expire" -> {
                simulator.expire(id);
                yield Map.of("id", id, "status", "expired");
            }
            case "POST events deliver" -> deliver(id, body);
            case "POST events twin" -> Map.of("id", simulator.twinEvent(id));
            default ->
                bank.answer(call, body).or(() -> subscribers.answer(call, body)).orElseThrow(() -> unknown(call));
        };
    }

    private static ApiException unknown(List<String> call) {
        return ApiException.unknownUrl(call.getFirst(), PREFIX + String.join("/", call.subList(1, call.size())));
    }

    private Object pay(String id, String card) {
        return switch (simulator.pay(id, card)) {
            case CheckoutResult.Paid paid -> paid;
            case CheckoutResult.Declined(String code, String declineCode, String message) ->
                throw ApiException.declined(new TestCard.Outcome.Declined(code, declineCode, message));
            case CheckoutResult.NotOpen(String status) ->
                throw ApiException.badRequest("The session is not open but " + status + ".");
        };
    }

    private Object deliver(String id, JsonNode body) {
        int copies = (int) between(body, "copies", 1, 1, COPIES_MAX);
        return simulator.deliverEvent(id, copies, flag(body, "parallel") ? Dispatch.AT_ONCE : Dispatch.ONE_BY_ONE);
    }

    private Object deliverWebhooks(JsonNode body) {
        simulator.deliverWebhooks(new DeliveryMode(
                (int) between(body, "duplicates", 0, 0, Integer.MAX_VALUE),
                between(body, "delayMillis", 0, 0, Long.MAX_VALUE),
                flag(body, "drop"),
                flag(body, "shuffle"),
                flag(body, "hold")));
        return simulator.state();
    }

    private Object deliverWebhooksTo(JsonNode body) {
        URI[] endpoints = body.path("urls").values().stream()
                .map(url -> URI.create(url.asString("")))
                .toArray(URI[]::new);
        simulator.deliverWebhooksTo(endpoints);
        return simulator.state();
    }

    private Object writeEvents(JsonNode body) {
        simulator.writeEventsAs(named(EventForm.class, body, "form"));
        return simulator.state();
    }

    private Object tax(JsonNode body) {
        long percent = between(body, "percent", 0, 0, 100);
        simulator.taxPercent(BigDecimal.valueOf(percent));
        return Map.of("percent", percent);
    }

    /** One of the constants, written small and with dashes. */
    static <E extends Enum<E>> E named(Class<E> type, JsonNode body, String name) {
        String given = body.path(name).asString("");
        for (E constant : type.getEnumConstants()) {
            if (constant.name().toLowerCase(Locale.ROOT).replace('_', '-').equals(given)) {
                return constant;
            }
        }
        throw new IllegalArgumentException(name + " is unknown: " + given);
    }

    private Object outage(JsonNode body) {
        String name = body.path("mode").asString("");
        Outage mode = Outage.named(name)
                .orElseThrow(() -> new IllegalArgumentException("mode is not one of the outages: " + name));
        simulator.outage(mode, (int) between(body, "count", 0, 0, Integer.MAX_VALUE));
        return simulator.state();
    }

    private Object advance(JsonNode body) {
        return Map.of(
                "now",
                simulator
                        .advanceClock(Duration.ofSeconds(between(body, "seconds", 0, 0, SECONDS_MAX)))
                        .toString());
    }

    static long between(JsonNode body, String name, long absent, long min, long max) {
        JsonNode value = body.path(name);
        if (value.isMissingNode()) {
            return absent;
        }
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            throw new IllegalArgumentException(name + " must be an integer");
        }
        if (value.longValue() < min || value.longValue() > max) {
            throw new IllegalArgumentException(name + " must be between " + min + " and " + max);
        }
        return value.longValue();
    }

    private static boolean flag(JsonNode body, String name) {
        JsonNode value = body.path(name);
        if (!value.isMissingNode() && !value.isBoolean()) {
            throw new IllegalArgumentException(name + " must be true or false");
        }
        return value.asBoolean(false);
    }
}
