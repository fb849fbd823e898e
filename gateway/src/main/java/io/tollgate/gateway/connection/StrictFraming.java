package io.tollgate.gateway.connection;

import static io.netty.handler.codec.http.HttpHeaderNames.AUTHORIZATION;
import static io.netty.handler.codec.http.HttpHeaderNames.HOST;
import static io.netty.handler.codec.http.HttpHeaderNames.TRANSFER_ENCODING;

import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What Netty lets pass although RFC 9112 does not: where a request ends and whom it is for must be beyond doubt, since a proxy in front of
 * us could read it differently.
 */
final class StrictFraming {

    private StrictFraming() {}

    /** Null if there is none. */
    static @Nullable String faultOf(HttpRequest request) {
        if (request.protocolVersion().majorVersion() != 1) {
            return "The request is neither HTTP/1.1 nor HTTP/1.0.";
        }
        if (hasControls(request.uri())) {
            return "The request's target has control characters.";
        }
        List<String> codings = request.headers().getAll(TRANSFER_ENCODING);
        if (!codings.isEmpty() && (codings.size() > 1 || !codings.getFirst().equalsIgnoreCase("chunked"))) {
            return "The request has a transfer coding other than chunked.";
        }
        if (!codings.isEmpty() && request.protocolVersion().minorVersion() == 0) {
            return "HTTP/1.0 knows no transfer codings.";
        }
        int hosts = request.headers().getAll(HOST).size();
        boolean needed = request.protocolVersion().minorVersion() > 0;
        if (hosts > 1 || (hosts == 0 && needed)) {
            return "The request needs one Host header, not more.";
        }
        return isTwice(request.headers(), AUTHORIZATION) ? "The request has more than one Authorization header." : null;
    }

    private static boolean hasControls(String target) {
        for (int i = 0; i < target.length(); i++) {
            char c = target.charAt(i);
            if (c <= ' ' || c == 0x7f) {
                return true;
            }
        }
        return false;
    }

    private static boolean isTwice(HttpHeaders headers, CharSequence name) {
        Iterator<? extends CharSequence> values = headers.valueCharSequenceIterator(name);
        if (values.hasNext()) {
            values.next();
        }
        return values.hasNext();
    }
}
