package io.tollgate.gateway.dialect;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static tools.jackson.core.JsonToken.END_OBJECT;
import static tools.jackson.core.JsonToken.PROPERTY_NAME;
import static tools.jackson.core.JsonToken.START_OBJECT;
import static tools.jackson.core.JsonToken.VALUE_NUMBER_INT;

import io.tollgate.metering.pricing.TokenUsage;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Usage as OpenAI reports it, made disjoint: {@code cached_tokens} are part of {@code prompt_tokens}, {@code reasoning_tokens} part of
 * {@code completion_tokens}.
 *
 * <p>It is found by its key, {@code "usage"}, without parsing what is around it: inside a JSON string the quotes would be escaped, so
 * no text that a model writes can look like it.
 */
public final class OpenAiUsage {

    /** More than any model can do; a greater number is a mistake of the upstream and not believed. */
    private static final long TOKENS_MAX = 1_000_000_000;

    private static final byte[] KEY = "\"usage\"".getBytes(US_ASCII);
    private static final JsonFactory JSON = new JsonFactory();

    private OpenAiUsage() {}

    /** The usage in a whole answer, looked for from its end; null if there is none. */
    public static @Nullable TokenUsage ofAnswer(byte[] answer) {
        int end = answer.length;
        while (true) {
            int key = Bytes.lastIndexOf(answer, 0, end, KEY);
            if (key < 0) {
                return null;
            }
            int brace = objectAfter(answer, key, answer.length);
            if (brace >= 0) {
                return parse(answer, brace, answer.length);
            }
            end = key;
        }
    }

    /** Where the object after a {@code "usage"} key begins within {@code [from, to)}; -1 if there is none. */
    static int locate(byte[] in, int from, int to) {
        int key = Bytes.indexOf(in, from, to, KEY);
        while (key >= 0) {
            int brace = objectAfter(in, key, to);
            if (brace >= 0) {
                return brace;
            }
            key = Bytes.indexOf(in, key + KEY.length, to, KEY);
        }
        return -1;
    }

    private static int objectAfter(byte[] in, int key, int to) {
        int colon = Bytes.skipBlanks(in, key + KEY.length, to);
        if (colon >= to || in[colon] != ':') {
            return -1;
        }
        int brace = Bytes.skipBlanks(in, colon + 1, to);
        return brace < to && in[brace] == '{' ? brace : -1;
    }

    /** Reads the object that begins at {@code from}; null if it does not say what was used. */
    static @Nullable TokenUsage parse(byte[] in, int from, int to) {
        try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), in, from, to - from)) {
            json.nextToken();
            return new Counts().read(json).disjoint();
        } catch (JacksonException e) {
            return null;
        }
    }

    private static final class Counts {

        private long prompt = -1;
        private long completion = -1;
        private long cached;
        private long reasoning;

        Counts read(JsonParser json) {
            while (json.nextToken() == PROPERTY_NAME) {
                String key = json.currentName();
                JsonToken value = json.nextToken();
                switch (key) {
                    case "prompt_tokens" -> prompt = tokens(json, value);
                    case "completion_tokens" -> completion = tokens(json, value);
                    case "prompt_tokens_details" -> cached = detail(json, value, "cached_tokens");
                    case "completion_tokens_details" -> reasoning = detail(json, value, "reasoning_tokens");
                    default -> json.skipChildren();
                }
            }
            return this;
        }

        private static long detail(JsonParser json, JsonToken value, String wanted) {
            if (value != START_OBJECT) {
                return 0;
            }
            long found = 0;
            for (JsonToken token = json.nextToken(); token == PROPERTY_NAME; token = json.nextToken()) {
                boolean match = json.currentName().equals(wanted);
                JsonToken detail = json.nextToken();
                if (match) {
                    found = Math.max(0, tokens(json, detail));
                } else {
                    json.skipChildren();
                }
            }
            return json.currentToken() == END_OBJECT ? found : 0;
        }

        private static long tokens(JsonParser json, JsonToken value) {
            if (value != VALUE_NUMBER_INT || json.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
                json.skipChildren();
                return -1;
            }
            long number = json.getLongValue();
            return number < 0 || number > TOKENS_MAX ? -1 : number;
        }

        @Nullable
        TokenUsage disjoint() {
            if (prompt < 0 || completion < 0) {
                return null;
            }
            long cacheRead = Math.min(cached, prompt);
            long thought = Math.min(reasoning, completion);
            return new TokenUsage(prompt - cacheRead, cacheRead, 0, completion - thought, thought);
        }
    }
}
