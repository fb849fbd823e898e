package io.tollgate.gateway.misbehaviour;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Pieces of a provider's answers as they stand on the wire. */
public final class ProviderAnswers {

    public static final String STREAM_HEAD =
            "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n";
    public static final String DONE = "data: [DONE]\n\n";
    public static final String LAST_CHUNK = "0\r\n\r\n";

    private ProviderAnswers() {}

    public static String head(int length) {
        return "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + length + "\r\n\r\n";
    }

    /** An answer with its length. */
    public static String plain(String body) {
        return head(body.getBytes(UTF_8).length) + body;
    }

    /** An answer's JSON; {@code usage} is what stands behind that key, or nothing. */
    public static String json(String usage) {
        String member = usage.isEmpty() ? "" : ",\"usage\":" + usage;
        return "{\"id\":\"c1\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"The sea is wide.\"}}]"
                + member + "}";
    }

    public static String usage(Object input, Object output) {
        return "{\"prompt_tokens\":" + input + ",\"completion_tokens\":" + output + "}";
    }

    public static String chunk(String text) {
        return Integer.toHexString(text.getBytes(UTF_8).length) + "\r\n" + text + "\r\n";
    }

    /** So many events with text. */
    public static String events(int count) {
        return event("wave ").repeat(count);
    }

    public static String event(String text) {
        return "data: {\"id\":\"c1\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"" + text + "\"}}]}\n\n";
    }

    /** The event with text and usage of providers that report as they go. */
    public static String eventWith(String usage) {
        return "data: {\"id\":\"c1\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"wave \"}}],\"usage\":" + usage
                + "}\n\n";
    }

    public static String usageEvent(String usage) {
        return "data: {\"id\":\"c1\",\"choices\":[],\"usage\":" + usage + "}\n\n";
    }

    /** A whole streamed answer. */
    public static String stream(String events) {
        return STREAM_HEAD + chunk(events) + LAST_CHUNK;
    }
}
