package io.tollgate.sandbox.ai;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads OpenAI's and Anthropic's chat requests, which agree on the members that matter, in one pass and without a tree.
 * Tokens are counted on the way: three for each message and three for the answer to begin, as OpenAI documents it, and
 * those of every text in messages, system prompt and tools.
 */
final class ChatRequestReader {
    private static final int TOKENS_PER_MESSAGE = 3;
    private static final int TOKENS_PER_ANSWER = 3;
    private static final int TOKENS_PER_IMAGE = 85;
    private static final int MOST_CHOICES = 128;
    private static final JsonFactory JSON = new JsonFactory();

    private final JsonParser json;
    private final ChatRequest.Draft draft = new ChatRequest.Draft();

    private ChatRequestReader(JsonParser json) {
        this.json = json;
    }

    /** A request nobody could answer is a {@link BadRequestException}. */
    static ChatRequest read(byte[] body) {
        try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), body, 0, body.length)) {
            ChatRequestReader reader = new ChatRequestReader(json);
            reader.object();
            return reader.draft.complete();
        } catch (JacksonException e) {
            throw new BadRequestException("We could not parse the JSON body of your request.", null);
        }
    }

    private void object() {
        require(json.nextToken(), JsonToken.START_OBJECT, "The body must be a JSON object.", null);
        draft.promptTokens = TOKENS_PER_ANSWER;
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            member(json.currentName(), json.nextToken());
        }
        if (json.nextToken() != null) {
            throw new BadRequestException("We could not parse the JSON body of your request.", null);
        }
    }

    private void member(String name, JsonToken value) {
        switch (name) {
            case "model" -> draft.model = string(value, name);
            case "messages" -> messages(value);
            case "stream" -> draft.stream = flag(value, name);
            case "stream_options" -> streamOptions(value);
            case "max_tokens", "max_completion_tokens" -> draft.maxTokens = number(value, name, Integer.MAX_VALUE, 0);
            case "n" -> draft.choices = number(value, name, MOST_CHOICES, 1);
            case "system", "tools", "functions" -> texts(value);
            default -> json.skipChildren();
        }
    }

    private void messages(JsonToken value) {
        require(value, JsonToken.START_ARRAY, "'messages' must be an array of objects.", "messages");
        for (JsonToken next = json.nextToken(); next != JsonToken.END_ARRAY; next = json.nextToken()) {
            require(next, JsonToken.START_OBJECT, "'messages' must be an array of objects.", "messages");
            message();
        }
    }

    private void message() {
        draft.messages++;
        draft.promptTokens += TOKENS_PER_MESSAGE;
        boolean hasRole = false;
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            hasRole |= "role".equals(json.currentName());
            texts(json.nextToken());
        }
        if (!hasRole) {
            throw new BadRequestException("Every message needs a 'role'.", "messages");
        }
    }

    private void streamOptions(JsonToken value) {
        if (value == JsonToken.VALUE_NULL) {
            return;
        }
        require(value, JsonToken.START_OBJECT, "'stream_options' must be an object.", "stream_options");
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = json.currentName();
            JsonToken option = json.nextToken();
            if ("include_usage".equals(name)) {
                draft.includeUsage = flag(option, "stream_options.include_usage");
            } else {
                json.skipChildren();
            }
        }
    }

    // Pictures come as long strings that cost a flat price; everything else that is text is read by the model.
    private void texts(JsonToken value) {
        if (value == JsonToken.VALUE_STRING) {
            draft.text(json.getStringCharacters(), json.getStringOffset(), json.getStringLength());
        } else if (value == JsonToken.START_ARRAY) {
            for (JsonToken next = json.nextToken(); next != JsonToken.END_ARRAY; next = json.nextToken()) {
                texts(next);
            }
        } else if (value == JsonToken.START_OBJECT) {
            part();
        }
    }

    private void part() {
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = json.currentName();
            JsonToken value = json.nextToken();
            switch (name) {
                case "image_url", "source" -> {
                    draft.promptTokens += TOKENS_PER_IMAGE;
                    json.skipChildren();
                }
                case "type" -> json.skipChildren();
                default -> texts(value);
            }
        }
    }

    private String string(JsonToken value, String param) {
        require(value, JsonToken.VALUE_STRING, "'" + param + "' must be a string.", param);
        return json.getString();
    }

    private boolean flag(JsonToken value, String param) {
        return switch (value) {
            case VALUE_TRUE -> true;
            case VALUE_FALSE, VALUE_NULL -> false;
            default -> throw new BadRequestException("'" + param + "' must be a boolean.", param);
        };
    }

    private int number(JsonToken value, String param, int most, int absent) {
        if (value == JsonToken.VALUE_NULL) {
            return absent;
        }
        require(value, JsonToken.VALUE_NUMBER_INT, "'" + param + "' must be an integer.", param);
        // Out of an int's range is a JacksonException, which would blame the syntax.
        double number = json.getDoubleValue();
        if (number < 1 || number > most) {
            throw new BadRequestException("'" + param + "' must be between 1 and " + most + ".", param);
        }
        return (int) number;
    }

    private static void require(
            @Nullable JsonToken actual, JsonToken expected, String message, @Nullable String param) {
        if (actual == null) {
            throw new BadRequestException("We could not parse the JSON body of your request.", null);
        }
        if (actual != expected) {
            throw new BadRequestException(message, param);
        }
    }
}
