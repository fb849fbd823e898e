package io.tollgate.sandbox.stripe;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.annotations.SerializedName;
import com.stripe.model.ExpandableField;
import com.stripe.model.StripeCollection;
import java.lang.reflect.Field;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds in what was sent the fields that stripe-java's model has no place for: they would be read by nobody, so they
 * are a misspelling or an invention.
 */
final class KnownFields {
    private final List<String> unknown = new ArrayList<>();

    private KnownFields() {}

    static List<String> unknownIn(JsonObject sent, Class<?> model) {
        KnownFields fields = new KnownFields();
        fields.visit(model.getSimpleName(), sent, model);
        return fields.unknown;
    }

    private void visit(String path, JsonElement sent, Type type) {
        switch (sent) {
            case JsonArray list -> list.forEach(element -> visit(path, element, argument(type)));
            case JsonObject object -> visitObject(path, object, type);
            default -> {}
        }
    }

    private void visitObject(String path, JsonObject sent, Type type) {
        if (type instanceof ParameterizedType generic && ExpandableField.class.equals(generic.getRawType())) {
            visitObject(path, sent, argument(type));
        } else if (type instanceof Class<?> model && model.getName().startsWith("com.stripe.model")) {
            if (!model.isInterface()) {
                visitFields(path, sent, model);
            }
        }
    }

    private void visitFields(String path, JsonObject sent, Class<?> model) {
        Map<String, Type> places = places(model);
        sent.entrySet().forEach(entry -> {
            String below = path + "." + entry.getKey();
            Type place = places.get(entry.getKey());
            if (place == null) {
                unknown.add(below);
            } else {
                visit(below, entry.getValue(), place);
            }
        });
    }

    private static Map<String, Type> places(Class<?> model) {
        Map<String, Type> places = new HashMap<>();
        for (Class<?> type = model; type != null; type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                SerializedName name = field.getAnnotation(SerializedName.class);
                if (name != null) {
                    places.putIfAbsent(name.value(), field.getGenericType());
                }
            }
        }
        if (model.getGenericSuperclass() instanceof ParameterizedType parent
                && StripeCollection.class.equals(parent.getRawType())) {
            places.put("data", parent);
            List.of("object", "has_more", "total_count", "url").forEach(field -> places.put(field, String.class));
        }
        return places;
    }

    private static Type argument(Type type) {
        return type instanceof ParameterizedType generic ? generic.getActualTypeArguments()[0] : Object.class;
    }
}
