package io.tollgate.sandbox.ai;

import org.jspecify.annotations.Nullable;

/** Ends the reading of a request from deep within it; carries no stack, as clients send nonsense often. */
final class BadRequestException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient ApiError error;

    BadRequestException(String message, @Nullable String param) {
        super(message, null, false, false);
        this.error = ApiError.invalid(message, param);
    }

    ApiError error() {
        return error;
    }
}
