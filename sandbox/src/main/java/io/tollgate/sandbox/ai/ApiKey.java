package io.tollgate.sandbox.ai;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;

/** The one key the simulator knows, in either provider's header. */
record ApiKey(String bearer, String key) {
    static ApiKey of(String key) {
        return new ApiKey("Bearer " + key, key);
    }

    boolean opens(HttpHeaders headers) {
        return bearer.equals(headers.get(HttpHeaderNames.AUTHORIZATION)) || key.equals(headers.get("x-api-key"));
    }

    @Override
    public String toString() {
        return "ApiKey[]";
    }
}
