package io.tollgate.gateway;

import io.tollgate.gateway.authentication.AuthenticationResult.Reason;
import io.tollgate.gateway.dialect.ParsedRequest.Misformed;
import io.tollgate.gateway.problem.Problem;

/** What a client is told whose call is refused before any credit is looked at. */
final class Refusal {

    private Refusal() {}

    static Problem methodNotAllowed() {
        return Problem.of(405, "method_not_allowed", "Only POST is served here.")
                .header("Allow", "POST");
    }

    static Problem notJson() {
        return Problem.of(
                415, "unsupported_media_type", "Send the body as Content-Type: application/json, without an encoding.");
    }

    static Problem unauthorized(Reason reason) {
        return Problem.of(401, reason.code(), reason.message()).header("WWW-Authenticate", "Bearer");
    }

    static Problem tooLarge(int max) {
        return Problem.of(413, "request_too_large", "The body may have at most " + max + " bytes.");
    }

    static Problem misformed(Misformed misformed) {
        return Problem.of(400, "invalid_request", misformed.message()).at(misformed.param());
    }

    static Problem unknownModel(String model) {
        return Problem.of(
                        404,
                        "model_not_found",
                        "The model " + model + " is not offered here. Ask the operator which are.")
                .at("model");
    }
}
