package io.tollgate.billing.notice.postgres;

import java.util.Map;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Facts as they are stored. */
final class Facts {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final TypeReference<Map<String, String>> FACTS = new TypeReference<>() {};

    private Facts() {}

    static byte[] write(Map<String, String> facts) {
        return JSON.writeValueAsBytes(facts);
    }

    static Map<String, String> read(byte[] stored) {
        return JSON.readValue(stored, FACTS);
    }
}
