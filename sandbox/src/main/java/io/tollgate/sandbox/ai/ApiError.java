package io.tollgate.sandbox.ai;

import org.jspecify.annotations.Nullable;

/** Why a request is refused, before a dialect gives it its shape. Messages are ours and never quote what was sent. */
record ApiError(
        int status,
        String message,
        @Nullable String param,
        @Nullable String code) {
    static ApiError invalid(String message, @Nullable String param) {
        return new ApiError(400, message, param, null);
    }

    static ApiError unauthorized() {
        return new ApiError(401, "Missing or incorrect API key.", null, "invalid_api_key");
    }

    static ApiError unknownModel() {
        return new ApiError(
                404, "The model does not exist or you do not have access to it.", "model", "model_not_found");
    }

    static ApiError unknownPath() {
        return new ApiError(404, "Unknown request URL.", null, "unknown_url");
    }

    static ApiError wrongMethod() {
        return new ApiError(405, "Not allowed to use this method here.", null, "method_not_supported");
    }

    static ApiError ofFault(int status) {
        return new ApiError(status, "Simulated failure.", null, status == 429 ? "rate_limit_exceeded" : null);
    }
}
