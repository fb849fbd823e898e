package io.tollgate.gateway.dialect;

import static tools.jackson.core.JsonToken.END_ARRAY;
import static tools.jackson.core.JsonToken.PROPERTY_NAME;
import static tools.jackson.core.JsonToken.START_ARRAY;
import static tools.jackson.core.JsonToken.START_OBJECT;
import static tools.jackson.core.JsonToken.VALUE_NULL;
import static tools.jackson.core.JsonToken.VALUE_STRING;

import io.tollgate.gateway.dialect.ChatRequest.Input;
import java.util.Set;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Looks whether a request refers to input that its bytes do not contain, or whose bytes do not tell its tokens. What is known to be text counts as
 * contained; every other kind of content, also one that is yet to be invented, does not. Tools' schemas and metadata are not looked into: they are text,
 * whatever their members are called.
 */
final class InputPass {

    /** Kinds of parts, items and tools that are text. */
    private static final Set<String> TEXT = Set.of(
            "text",
            "refusal",
            "input_text",
            "output_text",
            "thinking",
            "message",
            "reasoning",
            "function",
            "function_call",
            "function_call_output",
            "custom",
            "custom_tool_call",
            "custom_tool_call_output",
            "tool_use");

    /** Members that name something elsewhere, wherever in the input they stand. */
    private static final Set<String> REFERENCES = Set.of(
            "image_url",
            "input_audio",
            "audio",
            "video_url",
            "file",
            "file_id",
            "file_ids",
            "file_url",
            "file_data",
            "attachments");

    private final JsonParser json;
    private Input found = Input.CONTAINED;

    InputPass(JsonParser json) {
        this.json = json;
    }

    Input found() {
        return found;
    }

    /** Any value but {@code null} refers to something. */
    void reference(JsonToken value) {
        if (value != VALUE_NULL) {
            found = Input.REFERRED_TO;
        }
        json.skipChildren();
    }

    /** Messages, items or tools. */
    void list(JsonToken value) {
        if (value != START_ARRAY) {
            skipText(value);
            return;
        }
        for (JsonToken element = json.nextToken(); element != END_ARRAY; element = json.nextToken()) {
            if (element == START_OBJECT) {
                object();
            } else {
                skipText(element);
            }
        }
    }

    /** A message, or a part of its content: the same reading does for both, since content may hold content. */
    private void object() {
        while (json.nextToken() == PROPERTY_NAME) {
            String name = json.currentName();
            JsonToken value = json.nextToken();
            switch (name) {
                case "type" -> kind(value);
                case "content" -> content(value);
                default -> {
                    if (REFERENCES.contains(name)) {
                        reference(value);
                    } else {
                        json.skipChildren();
                    }
                }
            }
        }
    }

    private void content(JsonToken value) {
        if (value == START_OBJECT) {
            object();
        } else {
            list(value);
        }
    }

    private void kind(JsonToken value) {
        if (value == VALUE_NULL) {
            return;
        }
        if (value != VALUE_STRING || !TEXT.contains(json.getString())) {
            found = Input.REFERRED_TO;
        }
        json.skipChildren();
    }

    /** What is neither text nor a list of it is not for us to understand. */
    private void skipText(JsonToken value) {
        if (value != VALUE_STRING && value != VALUE_NULL) {
            found = Input.REFERRED_TO;
        }
        json.skipChildren();
    }
}
