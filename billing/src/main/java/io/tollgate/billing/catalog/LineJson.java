package io.tollgate.billing.catalog;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.type.LogicalType;

/** Lines as JSON, as the admin API takes them and Postgres keeps them. */
public final class LineJson {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .withCoercionConfig(
                    LogicalType.Integer, config -> config.setCoercion(CoercionInputShape.Float, CoercionAction.Fail))
            .build();

    private LineJson() {}

    public static String write(Object line) {
        return JSON.writeValueAsString(line);
    }

    /**
     * The line this JSON describes.
     *
     * @throws IllegalArgumentException saying what is wrong with it
     */
    public static <T> T read(String json, Class<T> type) {
        try {
            T line = JSON.readValue(json, type);
            if (line == null) {
                throw new IllegalArgumentException("a JSON object is missing");
            }
            return line;
        } catch (UnrecognizedPropertyException e) {
            throw new IllegalArgumentException(
                    "there is no field " + e.getPropertyName() + "; there are " + e.getKnownPropertyIds(), e);
        } catch (JacksonException e) {
            throw new IllegalArgumentException("not the JSON that is expected: " + e.getOriginalMessage(), e);
        }
    }
}
