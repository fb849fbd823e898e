package io.tollgate.gateway.dialect;

import io.tollgate.gateway.dialect.ParsedRequest.Misformed;
import org.jspecify.annotations.Nullable;

/** Carries a client's mistake out of the depth of a pass; without a stack trace, since it is no failure of ours. */
final class MisformedRequest extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String text;
    private final @Nullable String param;

    MisformedRequest(String text, @Nullable String param) {
        super(text, null, false, false);
        this.text = text;
        this.param = param;
    }

    Misformed told() {
        return new Misformed(text, param);
    }
}
