package io.tollgate.gateway.edge;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a provider takes a body for: one that believes the first of several fields of a name, one that believes the last, and one that does not
 * look at upper and lower case either.
 */
final class LenientReading {

    static final List<String> FIELDS =
            List.of("model", "stream", "max_tokens", "max_completion_tokens", "max_output_tokens", "n");

    private static final JsonMapper JSON = JsonMapper.shared();

    private final List<Map.Entry<String, JsonNode>> members;

    private LenientReading(List<Map.Entry<String, JsonNode>> members) {
        this.members = members;
    }

    /** Null if it is not one JSON object in UTF-8, by the letter. */
    static @Nullable LenientReading of(byte[] body) {
        try {
            String text = UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
            return new LenientReading(membersOf(text));
        } catch (CharacterCodingException | JacksonException | IllegalArgumentException _) {
            return null;
        }
    }

    private static List<Map.Entry<String, JsonNode>> membersOf(String text) {
        List<Map.Entry<String, JsonNode>> members = new ArrayList<>();
        try (JsonParser json = JSON.createParser(text)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new IllegalArgumentException("no object");
            }
            while (json.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = json.currentName();
                json.nextToken();
                JsonNode value = json.readValueAsTree();
                members.add(Map.entry(name, value));
            }
            if (json.nextToken() != null) {
                throw new IllegalArgumentException("goes on");
            }
        }
        return members;
    }

    private enum Belief {
        FIRST,
        LAST,
        LAST_IN_ANY_CASE
    }

    /** The fields that decide about money, if all providers read them alike; else null. */
    @Nullable
    Map<String, JsonNode> agreed() {
        Map<String, JsonNode> first = fields(Belief.FIRST);
        return first.equals(fields(Belief.LAST)) && first.equals(fields(Belief.LAST_IN_ANY_CASE)) ? first : null;
    }

    Map<String, JsonNode> first() {
        return fields(Belief.FIRST);
    }

    Map<String, JsonNode> last() {
        return fields(Belief.LAST);
    }

    private Map<String, JsonNode> fields(Belief belief) {
        Map<String, JsonNode> fields = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> member : members) {
            String name = belief == Belief.LAST_IN_ANY_CASE ? folded(member.getKey()) : member.getKey();
            if (FIELDS.contains(name) && (belief != Belief.FIRST || !fields.containsKey(name))) {
                fields.put(name, member.getValue());
            }
        }
        return fields;
    }

    /** As Go's encoding/json folds: the long s and the Kelvin sign are letters too. */
    private static String folded(String name) {
        return name.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT).replace('\u212a', 'k');
    }

    /** Everything but the options of a stream, in which the gateway writes. */
    List<Map.Entry<String, JsonNode>> withoutStreamOptions() {
        return members.stream()
                .filter(member -> !member.getKey().equals("stream_options"))
                .toList();
    }

    /**
     * Tokens that the answer may have, whichever cap the provider believes in.
     *
     * @throws IllegalArgumentException if a cap or the choices are no positive whole numbers, which no provider should get to see
     */
    static long outputTokens(Map<String, JsonNode> fields, long outputMax, long otherwise) {
        long cap = -1;
        for (String name : List.of("max_tokens", "max_completion_tokens", "max_output_tokens")) {
            cap = Math.max(cap, positive(fields.get(name), -1));
        }
        long choices = positive(fields.get("n"), 1);
        return Math.min(cap < 0 ? otherwise : cap, outputMax) * choices;
    }

    private static long positive(@Nullable JsonNode number, long otherwise) {
        if (number == null || number.isNull()) {
            return otherwise;
        }
        if (!number.isIntegralNumber() || !number.canConvertToLong() || number.asLong() < 1) {
            throw new IllegalArgumentException("neither absent nor a positive whole number: " + number);
        }
        return number.asLong();
    }
}
