package io.tollgate.gateway;

import static io.netty.handler.codec.http.HttpHeaderNames.CONTENT_ENCODING;
import static io.netty.handler.codec.http.HttpHeaderNames.CONTENT_TYPE;
import static io.netty.handler.codec.http.HttpHeaderValues.APPLICATION_JSON;

import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Bodies that are JSON in UTF-8 as they come: what headers say otherwise, an upstream could believe. */
final class PlainJson {

    private static final Set<String> UTF_8 = Set.of("charset=utf-8", "charset=\"utf-8\"", "charset=utf8");

    private PlainJson() {}

    static boolean isSaidBy(HttpHeaders headers) {
        List<String> types = headers.getAll(CONTENT_TYPE);
        return types.size() == 1 && isJson(types.getFirst()) && isPlain(headers.getAll(CONTENT_ENCODING));
    }

    private static boolean isJson(String type) {
        if (APPLICATION_JSON.contentEquals(type)) {
            return true;
        }
        String[] parts = type.toLowerCase(Locale.ROOT).split(";", -1);
        for (int i = 1; i < parts.length; i++) {
            String parameter = parts[i].strip();
            if (parameter.startsWith("charset") && !UTF_8.contains(parameter)) {
                return false;
            }
        }
        return APPLICATION_JSON.contentEquals(parts[0].strip());
    }

    private static boolean isPlain(List<String> codings) {
        return codings.stream().allMatch(HttpHeaderValues.IDENTITY::contentEqualsIgnoreCase);
    }
}
