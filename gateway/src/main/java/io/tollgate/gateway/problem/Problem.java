package io.tollgate.gateway.problem;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Something a client is to be told went wrong.
 *
 * @param status of the HTTP answer
 * @param code machine-readable, stable: {@code invalid_api_key}
 * @param message what is wrong and what would be right, for people
 * @param param the request field at fault
 * @param facts further members of the body, in order
 * @param headers further headers, name and value
 */
public record Problem(
        int status,
        String code,
        String message,
        @Nullable String param,
        Map<String, String> facts,
        List<Map.Entry<String, String>> headers) {

    public Problem {
        headers = List.copyOf(headers);
    }

    public static Problem of(int status, String code, String message) {
        return new Problem(status, code, message, null, Map.of(), List.of());
    }

    public Problem at(@Nullable String field) {
        return new Problem(status, code, message, field, facts, headers);
    }

    public Problem with(Map<String, String> moreFacts) {
        return new Problem(status, code, message, param, moreFacts, headers);
    }

    public Problem header(String name, String value) {
        List<Map.Entry<String, String>> more = new ArrayList<>(headers);
        more.add(Map.entry(name, value));
        return new Problem(status, code, message, param, facts, more);
    }
}
