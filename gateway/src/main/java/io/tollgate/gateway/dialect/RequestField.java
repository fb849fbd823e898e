package io.tollgate.gateway.dialect;

import org.jspecify.annotations.Nullable;

/** The members of a request that decide what a call may cost. */
enum RequestField {
    MODEL("model"),
    STREAM("stream"),
    MAX_TOKENS("max_tokens"),
    MAX_COMPLETION_TOKENS("max_completion_tokens"),
    MAX_OUTPUT_TOKENS("max_output_tokens"),
    N("n"),
    STREAM_OPTIONS("stream_options"),
    MESSAGES("messages"),
    INPUT("input"),
    TOOLS("tools"),
    PREVIOUS_RESPONSE_ID("previous_response_id"),
    CONVERSATION("conversation"),
    PROMPT("prompt"),
    FILE_IDS("file_ids"),
    WEB_SEARCH_OPTIONS("web_search_options");

    private static final RequestField[] ALL = values();

    final String key;

    RequestField(String key) {
        this.key = key;
    }

    static @Nullable RequestField of(String key) {
        return switch (key) {
            case "model" -> MODEL;
            case "stream" -> STREAM;
            case "max_tokens" -> MAX_TOKENS;
            case "max_completion_tokens" -> MAX_COMPLETION_TOKENS;
            case "max_output_tokens" -> MAX_OUTPUT_TOKENS;
            case "n" -> N;
            case "stream_options" -> STREAM_OPTIONS;
            case "messages" -> MESSAGES;
            case "input" -> INPUT;
            case "tools" -> TOOLS;
            case "previous_response_id" -> PREVIOUS_RESPONSE_ID;
            case "conversation" -> CONVERSATION;
            case "prompt" -> PROMPT;
            case "file_ids" -> FILE_IDS;
            case "web_search_options" -> WEB_SEARCH_OPTIONS;
            default -> null;
        };
    }

    /** The field that a reader who ignores case would take the key for; some upstreams' JSON libraries do. */
    static @Nullable RequestField resembling(String key) {
        if (isPlain(key)) {
            return null;
        }
        for (RequestField field : ALL) {
            if (field.key.equalsIgnoreCase(key)) {
                return field;
            }
        }
        return null;
    }

    /** A key of small letters only that is not one of ours resembles none. */
    private static boolean isPlain(String key) {
        for (int i = 0; i < key.length(); i++) {
            char c = key.charAt(i);
            if (c >= 0x80 || (c >= 'A' && c <= 'Z')) {
                return false;
            }
        }
        return true;
    }
}
