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
import io.tollgate.gateway.dialect.ChatRequest.UsageChunk;
import io.tollgate.gateway.dialect.ParsedRequest.Misformed;
import io.tollgate.gateway.dialect.ParsedRequest.Understood;
import java.util.EnumSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads a chat completion request in one pass over its bytes, without a tree, and has a stream report its usage.
 *
 * <p>A field that decides about money may appear once only: which of two a provider would believe is not ours to guess.
 */
public final class OpenAiRequests {

    static final int CHOICES_MAX = 128;
    private static final int MODEL_LENGTH_MAX = 256;

    /** UTF-8 only: in another encoding the offsets at which bytes are spliced in would not be bytes. */
    private static final JsonFactory JSON = JsonFactory.builder()
            .disable(TokenStreamFactory.Feature.CHARSET_DETECTION)
            .build();

    private OpenAiRequests() {}

    public static ParsedRequest parse(byte[] body) {
        try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), body)) {
            return new Understood(new Pass(json, body).request());
        } catch (MisformedRequest e) {
            return new Misformed(e.message(), e.param);
        } catch (JacksonException e) {
            return new Misformed("The body is not valid JSON: " + told(e) + place(e) + ".", null);
        }
    }

    /** The parser's own words, less what is for programmers. */
    private static String told(JacksonException e) {
        return e.getOriginalMessage().replaceAll(" \\(start marker at \\[Source: [^]]*]\\)", "");
    }

    /** A breach of the parser's bounds has no place. */
    private static String place(JacksonException e) {
        @Nullable TokenStreamLocation location = e.getLocation();
        return location == null ? "" : " (line " + location.getLineNr() + ", column " + location.getColumnNr() + ")";
    }

    private enum Field {
        MODEL("model"),
        STREAM("stream"),
        MAX_TOKENS("max_tokens"),
        MAX_COMPLETION_TOKENS("max_completion_tokens"),
        N("n"),
        STREAM_OPTIONS("stream_options");

        private final String key;

        Field(String key) {
            this.key = key;
        }

        static @Nullable Field of(String key) {
            return switch (key) {
                case "model" -> MODEL;
                case "stream" -> STREAM;
                case "max_tokens" -> MAX_TOKENS;
                case "max_completion_tokens" -> MAX_COMPLETION_TOKENS;
                case "n" -> N;
                case "stream_options" -> STREAM_OPTIONS;
                default -> null;
            };
        }
    }

    /** The state of one pass. */
    private static final class Pass {

        private final JsonParser json;
        private final byte[] body;
        private final EnumSet<Field> seen = EnumSet.noneOf(Field.class);
        private final UsageSwitch usage = new UsageSwitch();

        private @Nullable String model;
        private boolean streamed;
        private @Nullable Long maxTokens;
        private @Nullable Long maxCompletionTokens;
        private int choices = 1;

        Pass(JsonParser json, byte[] body) {
            this.json = json;
            this.body = body;
        }

        ChatRequest request() {
            if (json.nextToken() != START_OBJECT) {
                throw new MisformedRequest("The body must be a JSON object, such as {\"model\": \"…\", …}.", null);
            }
            usage.bodyOpensAt(offset());
            while (json.nextToken() == PROPERTY_NAME) {
                readProperty();
            }
            if (json.nextToken() != null) {
                throw new MisformedRequest("The body goes on after the JSON object's end.", null);
            }
            if (model == null) {
                throw new MisformedRequest("model is missing: name the model to call.", "model");
            }
            return new ChatRequest(
                    streamed ? usage.switchedOn(body) : body,
                    body.length,
                    model,
                    streamed ? Delivery.STREAMED : Delivery.WHOLE,
                    maxCompletionTokens != null ? maxCompletionTokens : maxTokens,
                    choices,
                    usage.asked() ? UsageChunk.SHOWN : UsageChunk.HIDDEN);
        }

        private void readProperty() {
            Field field = Field.of(json.currentName());
            JsonToken value = json.nextToken();
            if (field == null) {
                json.skipChildren();
                return;
            }
            if (!seen.add(field)) {
                throw new MisformedRequest(field.key + " appears twice: give it once.", field.key);
            }
            switch (field) {
                case MODEL -> model = modelName(value);
                case STREAM -> streamed = flag(field.key, value);
                case MAX_TOKENS -> maxTokens = cap(field, value);
                case MAX_COMPLETION_TOKENS -> maxCompletionTokens = cap(field, value);
                case N -> choices = choices(value);
                case STREAM_OPTIONS -> readStreamOptions(value);
            }
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

        private @Nullable Long cap(Field field, JsonToken value) {
            if (value == VALUE_NULL) {
                return null;
            }
            return integer(field, value, 1, Integer.MAX_VALUE);
        }

        private int choices(JsonToken value) {
            return value == VALUE_NULL ? 1 : (int) integer(Field.N, value, 1, CHOICES_MAX);
        }

        private long integer(Field field, JsonToken value, long min, long max) {
            if (value == VALUE_NUMBER_INT && json.getNumberType() != JsonParser.NumberType.BIG_INTEGER) {
                long number = json.getLongValue();
                if (number >= min && number <= max) {
                    return number;
                }
            }
            throw new MisformedRequest(
                    field.key + " must be a whole number from " + min + " to " + max + ".", field.key);
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
                boolean includeUsage = json.currentName().equals("include_usage");
                JsonToken option = json.nextToken();
                if (!includeUsage) {
                    json.skipChildren();
                    continue;
                }
                if (found) {
                    throw new MisformedRequest(
                            "stream_options.include_usage appears twice: give it once.", "stream_options");
                }
                found = true;
                boolean asked = flag("stream_options.include_usage", option);
                usage.includeUsage(asked, offset(), asked ? 4 : option == VALUE_FALSE ? 5 : 4);
            }
            if (empty) {
                usage.optionsAreEmpty();
            }
        }

        private int offset() {
            return (int) json.currentTokenLocation().getByteOffset();
        }
    }

    /** Carries a mistake out of the depth of a pass; without a stack trace, since it is no failure of ours. */
    private static final class MisformedRequest extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final String text;
        private final @Nullable String param;

        MisformedRequest(String text, @Nullable String param) {
            super(text, null, false, false);
            this.text = text;
            this.param = param;
        }

        String message() {
            return text;
        }
    }
}
