package io.tollgate.gateway.edge;

import static io.tollgate.gateway.edge.Http.CALL;
import static io.tollgate.gateway.edge.Http.body;
import static io.tollgate.gateway.edge.Http.head;
import static io.tollgate.gateway.edge.Http.sized;

import io.tollgate.gateway.edge.Wire.Answer;
import io.tollgate.gateway.installation.Operator.Customer;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/** Every refusal and failure that a client can meet on a metered route: what it is told, and how it comes to that. */
@SuppressWarnings("ImmutableEnumChecker") // functions without state, and a list that nobody changes
enum Meeting {
    NO_KEY(401, "missing_api_key", with("www-authenticate: Bearer"), scene -> scene.post("", CALL)),
    NO_BEARER(
            401,
            "invalid_api_key",
            with("www-authenticate: Bearer"),
            scene -> scene.post("Authorization: Basic eDp5\r\n", CALL)),
    A_MISTYPED_KEY(
            401,
            "invalid_api_key",
            with("www-authenticate: Bearer"),
            scene -> scene.post("Authorization: Bearer tg_typo\r\n", CALL)),
    AN_UNKNOWN_KEY(
            401, "invalid_api_key", with("www-authenticate: Bearer"), scene -> scene.as(scene.unknownKey(), CALL)),
    A_REVOKED_KEY(
            401, "revoked_api_key", with("www-authenticate: Bearer"), scene -> scene.as(scene.revokedKey(), CALL)),
    AN_EXPIRED_KEY(
            401, "expired_api_key", with("www-authenticate: Bearer"), scene -> scene.as(scene.expiredKey(), CALL)),

    NOTHING_LEFT(
            402,
            "insufficient_credit",
            with("tollgate-reason: insufficient_credit", "x-should-retry: false"),
            scene -> scene.as(scene.customer("0").key(), CALL)),
    A_CALL_TOO_DEAR(
            402,
            "call_exceeds_credit",
            with("tollgate-reason: call_exceeds_credit", "x-should-retry: false"),
            scene -> scene.as(scene.customer("0.5").key(), body(",\"max_tokens\":30000"))),
    CREDIT_IN_USE(
            402,
            "credit_in_use",
            with("tollgate-reason: credit_in_use", "retry-after: 1"),
            scene -> scene.as(scene.customerWithAllOnHold().key(), body(",\"max_tokens\":100"))),
    A_FROZEN_ACCOUNT(
            402,
            "account_frozen",
            with("tollgate-reason: account_frozen", "x-should-retry: false"),
            scene -> scene.as(scene.customerIn("freeze").key(), CALL)),
    A_CLOSED_ACCOUNT(
            403,
            "account_closed",
            with(),
            scene -> scene.as(scene.customerIn("close").key(), CALL)),

    A_MODEL_THAT_IS_NOT_OFFERED(
            404, "model_not_found", with(), scene -> scene.ask("{\"model\":\"gpt-9\",\"messages\":[]}")),
    ANOTHER_METHOD(405, "method_not_allowed", with("allow: POST"), Scene::get),
    A_BODY_THAT_DOES_NOT_COME(408, "request_timeout", with("connection: close"), Scene::breakOff),
    A_BODY_TOO_LARGE(
            413,
            "request_too_large",
            with(),
            scene -> scene.ask(body(",\"x\":\"" + "x".repeat(EdgeGateway.BODY_MAX) + "\""))),
    A_TARGET_TOO_LONG(
            414,
            "uri_too_long",
            with("connection: close"),
            scene -> scene.raw(Http.line("POST", EdgeGateway.CHAT + "?" + "x".repeat(20_000)) + "\r\n")),
    ANOTHER_MEDIA_TYPE(
            415,
            "unsupported_media_type",
            with(),
            scene -> scene.raw(head(scene.rich()).replace("application/json", "text/plain") + sized(CALL))),
    ANOTHER_EXPECTATION(
            417,
            "expectation_failed",
            with(),
            scene -> scene.raw(head(scene.rich()) + "Expect: more\r\n" + sized(CALL))),
    HEADERS_TOO_LARGE(
            431,
            "headers_too_large",
            with("connection: close"),
            scene -> scene.raw(head(scene.rich()) + "X: " + "x".repeat(70_000) + "\r\n" + sized(CALL))),
    NO_HTTP(400, "bad_request", with("connection: close"), scene -> scene.raw("nonsense\r\n\r\n")),
    NO_JSON(400, "invalid_request", with(), scene -> scene.ask("{")),
    A_FIELD_OUT_OF_BOUNDS(400, "invalid_request", with(), scene -> scene.ask(body(",\"n\":10000"))),

    TOO_MANY_CALLS(
            429,
            "too_many_open_calls",
            with("retry-after: 1"),
            scene -> scene.as(scene.customerAtItsLimit().key(), CALL)),
    NO_STORE(503, "store_unavailable", with("retry-after: 2"), Scene::askWithoutRedis),

    AN_UPSTREAM_THAT_IS_AWAY(
            502, "upstream_unavailable", with("tollgate-request-id: *"), scene -> scene.meet("refuse")),
    AN_UPSTREAM_THAT_BREAKS_OFF(
            502, "upstream_unavailable", with("tollgate-request-id: *"), scene -> scene.meet("reset-in-headers")),
    AN_UPSTREAM_THAT_STALLS(504, "upstream_timeout", with("tollgate-request-id: *"), scene -> scene.meet("stall")),
    A_CROWDED_UPSTREAM(503, "upstream_overloaded", with("retry-after: 1", "tollgate-request-id: *"), Scene::crowd),
    AN_ILL_UPSTREAM(503, "upstream_ill", with("retry-after: *", "tollgate-request-id: *"), Scene::sicken);

    final int status;
    final String code;
    final List<String> headers;
    final Function<Scene, Answer> way;

    Meeting(int status, String code, List<String> headers, Function<Scene, Answer> way) {
        this.status = status;
        this.code = code;
        this.headers = headers;
        this.way = way;
    }

    private static List<String> with(String... headers) {
        return Arrays.asList(headers);
    }

    /** What has to be in place for a client to meet them. */
    interface Scene {
        Answer raw(String request);

        Customer rich();

        Customer customer(String credits);

        Customer customerWithAllOnHold();

        Customer customerAtItsLimit();

        Customer customerIn(String state);

        String unknownKey();

        String revokedKey();

        String expiredKey();

        Answer askWithoutRedis();

        /** Asks an upstream that has as many calls as it may. */
        Answer crowd();

        /** Asks an upstream that has failed too often. */
        Answer sicken();

        default Answer post(String credential, String body) {
            return raw(Http.line("POST", EdgeGateway.CHAT) + "Host: x\r\nContent-Type: application/json\r\n"
                    + credential + sized(body));
        }

        default Answer as(String key, String body) {
            return post("Authorization: Bearer " + key + "\r\n", body);
        }

        default Answer ask(String body) {
            return as(rich().key(), body);
        }

        default Answer get() {
            return raw(Http.line("GET", EdgeGateway.CHAT) + "Host: x\r\n\r\n");
        }

        default Answer breakOff() {
            return raw(head(rich()) + "Content-Length: 50\r\n\r\n{");
        }

        /** Calls a provider that misbehaves so. */
        default Answer meet(String fault) {
            return raw((head(rich()) + sized(CALL.replace("gpt-sim", "fault:" + fault)))
                    .replace(EdgeGateway.CHAT, RefusalsTest.SIMULATED));
        }
    }
}
