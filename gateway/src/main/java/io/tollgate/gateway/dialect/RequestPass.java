package io.tollgate.gateway.dialect;

import static tools.jackson.core.JsonToken.END_OBJECT;
import static tools.jackson.core.JsonToken.PROPERTY_NAME;
import static tools.jackson.core.JsonToken.START_OBJECT;
import static tools.jackson.core.JsonToken.VALUE_FALSE;
import static tools.jackson.core.JsonToken.VALUE_NULL;
import static tools.jackson.core.JsonToken.VALUE_NUMBER_INT;
import static tools.jackson.core.JsonToken.VALUE_STRING;
import static tools.jackson.core.JsonToken.VALUE_TRUE;

import io.tollgate.gateway.dialect.ChatRequest.Delivery;
import java.util.EnumSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * The state of one pass over a request.
 *
 * <p>A field that decides about money may appear once only, and only as it is written: which of two a provider would believe is not ours to guess.
 */
final class RequestPass {

    static final int CHOICES_MAX = 128;
    private static final int MODEL_LENGTH_MAX = 256;

    private final JsonParser json;
    private final byte[] body;
    private final EnumSet<RequestField> seen = EnumSet.noneOf(RequestField.class);
    private final UsageSwitch usage = new UsageSwitch();
    private final OutputCaps caps = new OutputCaps();
    private final InputPass input;

    private @Nullable String model;
    private boolean streamed;
    private int choices = 1;

    RequestPass(JsonParser json, byte[] body) {
        this.json = json;
        this.body = body;
        input = new InputPass(json);
    }

    ChatRequest request() {
        if (json.nextToken() != START_OBJECT) {
            throw new MisformedRequest("The body must be a JSON object, such as {\"model\": \"…\", …}.", null);
        }
        usage.bodyOpensAt(offset());
        caps.bodyOpensAt(offset());
        while (json.nextToken() == PROPERTY_NAME) {
            readProperty();
        }
        if (json.nextToken() != null) {
            throw new MisformedRequest("The body goes on after the JSON object's end.", null);
        }
        if (model == null) {
            throw new MisformedRequest("model is missing: name the model to call.", "model");
        }
        Delivery delivery = streamed ? Delivery.STREAMED : Delivery.WHOLE;
        return new ChatRequest(body, model, delivery, choices, input.found(), usage, caps);
    }

    private void readProperty() {
        String key = json.currentName();
        RequestField field = RequestField.of(key);
        if (field == null) {
            ignore(key);
            return;
        }
        if (!seen.add(field)) {
            throw new MisformedRequest(field.key + " appears twice: give it once.", field.key);
        }
        JsonToken value = json.nextToken();
        switch (field) {
            case MODEL -> model = modelName(value);
            case STREAM -> streamed = flag(field.key, value);
            case MAX_TOKENS, MAX_COMPLETION_TOKENS, MAX_OUTPUT_TOKENS -> readCap(field, value);
            case N -> choices = choices(value);
            case STREAM_OPTIONS -> readStreamOptions(value);
            case MESSAGES, INPUT, TOOLS -> input.list(value);
            case PREVIOUS_RESPONSE_ID, CONVERSATION, PROMPT, FILE_IDS, WEB_SEARCH_OPTIONS -> input.reference(value);
        }
    }

    private void ignore(String key) {
        RequestField meant = RequestField.resembling(key);
        if (meant != null) {
            throw new MisformedRequest("Write " + meant.key + " in small letters.", meant.key);
        }
        json.nextToken();
        json.skipChildren();
    }

    private String modelName(JsonToken value) {
        if (value != VALUE_STRING) {
            throw new MisformedRequest("model must be a string, the name of the model to call.", "model");
        }
        String name = json.getString();
        if (name.isBlank() || name.length() > MODEL_LENGTH_MAX) {
            throw new MisformedRequest(
                    "model must have 1 to " + MODEL_LENGTH_MAX + " characters, not only blanks.", "model");
        }
        return name;
    }

    private static boolean flag(String key, JsonToken value) {
        return switch (value) {
            case VALUE_TRUE -> true;
            case VALUE_FALSE, VALUE_NULL -> false;
            default -> throw new MisformedRequest(key + " must be true or false.", key);
        };
    }

    private void readCap(RequestField field, JsonToken value) {
        int at = offset();
        if (value == VALUE_NULL) {
            caps.add(null, at, 4);
        } else {
            long cap = integer(field, value, 1, Integer.MAX_VALUE);
            caps.add(cap, at, json.getStringLength());
        }
    }

    private int choices(JsonToken value) {
        return value == VALUE_NULL ? 1 : (int) integer(RequestField.N, value, 1, CHOICES_MAX);
    }

    private long integer(RequestField field, JsonToken value, long min, long max) {
        if (value == VALUE_NUMBER_INT && json.getNumberType() != JsonParser.NumberType.BIG_INTEGER) {
            long number = json.getLongValue();
            if (number >= min && number <= max) {
                return number;
            }
        }
        throw new MisformedRequest(field.key + " must be a whole number from " + min + " to " + max + ".", field.key);
    }

    private void readStreamOptions(JsonToken value) {
        if (value == VALUE_NULL) {
            usage.optionsAreNullAt(offset());
            return;
        }
        if (value != START_OBJECT) {
            throw new MisformedRequest("stream_options must be an object.", "stream_options");
        }
        usage.optionsOpenAt(offset());
        boolean found = false;
        boolean empty = true;
        for (JsonToken token = json.nextToken(); token != END_OBJECT; token = json.nextToken()) {
            empty = false;
            String key = json.currentName();
            JsonToken option = json.nextToken();
            if (!key.equalsIgnoreCase("include_usage")) {
                json.skipChildren();
                continue;
            }
            if (found || !key.equals("include_usage")) {
                throw new MisformedRequest(
                        "stream_options.include_usage: give it once, in small letters.", "stream_options");
            }
            found = true;
            boolean asked = flag("stream_options.include_usage", option);
            usage.includeUsage(asked, offset(), option == VALUE_FALSE ? 5 : 4);
        }
        if (empty) {
            usage.optionsAreEmpty();
        }
    }

    private int offset() {
        return (int) json.currentTokenLocation().getByteOffset();
    }
}
