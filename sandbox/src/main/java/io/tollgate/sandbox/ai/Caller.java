package io.tollgate.sandbox.ai;

import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import org.jspecify.annotations.Nullable;

/** Who asked, as the request's headers tell. */
record Caller(@Nullable String requestId, @Nullable String account, boolean keepsConnection) {
    private static final int LONGEST = 256;

    static Caller of(HttpRequest request) {
        HttpHeaders headers = request.headers();
        return new Caller(
                bounded(headers.get("Tollgate-Request-Id")),
                bounded(headers.get("Tollgate-Account")),
                HttpUtil.isKeepAlive(request));
    }

    private static @Nullable String bounded(@Nullable String value) {
        return value == null || value.length() <= LONGEST ? value : value.substring(0, LONGEST);
    }
}
