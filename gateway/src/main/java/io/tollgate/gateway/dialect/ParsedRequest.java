package io.tollgate.gateway.dialect;

import org.jspecify.annotations.Nullable;

/** What became of reading a request's body. */
public sealed interface ParsedRequest {
    record Understood(ChatRequest request) implements ParsedRequest {}

    /**
     * The client's mistake.
     *
     * @param message says what is wrong and what would be right
     * @param param the field at fault; null for the body as a whole
     */
    record Misformed(String message, @Nullable String param) implements ParsedRequest {}
}
