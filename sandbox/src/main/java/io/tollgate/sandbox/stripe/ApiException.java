package io.tollgate.sandbox.stripe;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A refusal in Stripe's shape: status, type and, where they apply, code and parameter. */
final class ApiException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final transient ObjectNode error;
    private final String missingId;

    private ApiException(int status, String type, String message) {
        this(status, type, message, "");
    }

    private ApiException(int status, String type, String message, String missingId) {
        super(message, null, false, false);
        this.missingId = missingId;
        this.status = status;
        this.error = JsonNodeFactory.instance.objectNode().put("type", type).put("message", message);
    }

    static ApiException badRequest(String message) {
        return new ApiException(400, "invalid_request_error", message);
    }

    static ApiException badParameter(String param, String code, String message) {
        return badRequest(message).with("param", param).with("code", code);
    }

    static ApiException missingParameter(String param) {
        return badParameter(param, "parameter_missing", "Missing required param: " + param + ".");
    }

    static ApiException noSuch(String kind, String id, @Nullable String param) {
        ApiException failure = new ApiException(404, "invalid_request_error", "No such " + kind + ": '" + id + "'", id)
                .with("code", "resource_missing");
        return param == null ? failure : failure.with("param", param);
    }

    static ApiException unknownUrl(String method, String path) {
        return new ApiException(
                404, "invalid_request_error", "Unrecognized request URL (" + method + ": " + path + ").");
    }

    static ApiException unauthorized(String message) {
        return new ApiException(401, "invalid_request_error", message);
    }

    static ApiException declined(TestCard.Outcome.Declined decline) {
        ApiException failure = new ApiException(402, "card_error", decline.message()).with("code", decline.code());
        return decline.declineCode().isEmpty() ? failure : failure.with("decline_code", decline.declineCode());
    }

    static ApiException idempotencyMismatch(String key) {
        return new ApiException(
                400,
                "idempotency_error",
                "Keys for idempotent requests can only be used with the same parameters they were first used with. Try"
                        + " using a key other than '" + key + "' if you meant to execute a different request.");
    }

    static ApiException idempotencyInFlight(String key) {
        return new ApiException(
                        409,
                        "idempotency_error",
                        "There is currently another in-progress request using this Idempotent Key: " + key)
                .with("code", "idempotency_key_in_use");
    }

    static ApiException rateLimited() {
        return new ApiException(429, "invalid_request_error", "Too many requests hit the API too quickly.")
                .with("code", "rate_limit");
    }

    static ApiException outage() {
        return new ApiException(500, "api_error", "An unknown error occurred");
    }

    ApiException with(String field, String value) {
        error.put(field, value);
        return this;
    }

    ApiException with(String field, ObjectNode value) {
        error.set(field, value);
        return this;
    }

    int status() {
        return status;
    }

    /** What is missing is a 404 where the path named it, a 400 where a parameter did. */
    int statusAt(String path) {
        return status == 404 && !missingId.isEmpty() && !path.contains(missingId) ? 400 : status;
    }

    /** Whether the endpoint had begun its work: only then does Stripe keep the answer under the idempotency key. */
    boolean endsTheRequest() {
        return status == 402;
    }

    ObjectNode body() {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.set("error", error);
        return body;
    }
}
