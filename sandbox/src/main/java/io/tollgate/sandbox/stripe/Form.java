package io.tollgate.sandbox.stripe;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Form parameters with brackets ({@code line_items[0][price_data][currency]=usd}) as a tree that remembers what was
 * read, so that an endpoint can refuse what it does not know instead of ignoring a typo.
 */
final class Form {
    private static final int PARAMETERS_MAX = 1_000;
    private static final int DEPTH_MAX = 8;

    private final String path;
    private final Map<String, String> texts = new LinkedHashMap<>();
    private final Map<String, Form> children = new LinkedHashMap<>();
    private final Set<String> read = new HashSet<>();

    private Form(String path) {
        this.path = path;
    }

    static Form parse(String encoded) {
        Form root = new Form("");
        if (encoded.isEmpty()) {
            return root;
        }
        List<String> pairs = List.of(encoded.split("&", PARAMETERS_MAX + 1));
        if (pairs.size() > PARAMETERS_MAX) {
            throw ApiException.badRequest("Too many parameters.");
        }
        for (String pair : pairs) {
            int equals = pair.indexOf('=');
            String name = decode(equals < 0 ? pair : pair.substring(0, equals));
            root.put(segments(name), 0, equals < 0 ? "" : decode(pair.substring(equals + 1)));
        }
        return root;
    }

    private static String decode(String encoded) {
        try {
            return URLDecoder.decode(encoded, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException _) {
            throw ApiException.badRequest("Invalid request body: a malformed percent escape.");
        }
    }

    private static List<String> segments(String name) {
        List<String> segments = new ArrayList<>();
        int open = name.indexOf('[');
        segments.add(open < 0 ? name : name.substring(0, open));
        while (open >= 0) {
            int close = name.indexOf(']', open);
            if (close < 0 || segments.size() > DEPTH_MAX) {
                throw ApiException.badRequest("Invalid parameter name: " + name);
            }
            segments.add(name.substring(open + 1, close));
            open = close + 1 < name.length() && name.charAt(close + 1) == '[' ? close + 1 : -1;
        }
        return segments;
    }

    private void put(List<String> segments, int depth, String value) {
        String key = key(segments, depth);
        if (depth == segments.size() - 1) {
            texts.put(key, value);
        } else {
            children.computeIfAbsent(key, _ -> new Form(nameOf(key))).put(segments, depth + 1, value);
        }
    }

    /** Empty brackets append, but {@code lines[][price]=p&lines[][quantity]=1} is one line: it has no quantity yet. */
    private String key(List<String> segments, int depth) {
        String name = segments.get(depth);
        if (!name.isEmpty()) {
            return name;
        }
        int size = texts.size() + children.size();
        Form last = children.get(String.valueOf(size - 1));
        boolean continues = last != null && !last.has(segments.get(depth + 1));
        return String.valueOf(continues ? size - 1 : size);
    }

    private boolean has(String name) {
        return texts.containsKey(name) || children.containsKey(name);
    }

    /** The full name of a parameter, as errors show it. */
    String nameOf(String name) {
        return path.isEmpty() ? name : path + "[" + name + "]";
    }

    Optional<String> text(String name) {
        read.add(name);
        if (children.containsKey(name)) {
            throw ApiException.badParameter(nameOf(name), "parameter_invalid_string", "Invalid string");
        }
        return Optional.ofNullable(texts.get(name)).filter(value -> !value.isEmpty());
    }

    /** True when the parameter was sent empty, Stripe's way to unset a field. */
    boolean unsets(String name) {
        return "".equals(texts.get(name));
    }

    /** Whether the parameter was sent at all. */
    boolean names(String name) {
        return has(name);
    }

    String requiredText(String name) {
        Optional<String> value = text(name);
        if (value.isEmpty() && unsets(name)) {
            throw ApiException.badParameter(
                    nameOf(name),
                    "parameter_invalid_empty",
                    "You passed an empty string for '" + nameOf(name) + "', which cannot be unset.");
        }
        return value.orElseThrow(() -> ApiException.missingParameter(nameOf(name)));
    }

    OptionalLong integer(String name) {
        Optional<String> value = text(name);
        if (value.isEmpty()) {
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(Long.parseLong(value.get()));
        } catch (NumberFormatException _) {
            throw ApiException.badParameter(
                    nameOf(name), "parameter_invalid_integer", "Invalid integer: " + value.get());
        }
    }

    long requiredInteger(String name) {
        return integer(name).orElseThrow(() -> ApiException.missingParameter(nameOf(name)));
    }

    Optional<Boolean> flag(String name) {
        return text(name).map(value -> switch (value) {
            case "true" -> true;
            case "false" -> false;
            default ->
                throw ApiException.badParameter(nameOf(name), "parameter_invalid_boolean", "Invalid boolean: " + value);
        });
    }

    Optional<Form> object(String name) {
        read.add(name);
        return Optional.ofNullable(children.get(name));
    }

    List<Form> objects(String name) {
        return object(name)
                .map(list -> {
                    list.read.addAll(list.children.keySet());
                    return List.copyOf(list.children.values());
                })
                .orElse(List.of());
    }

    /** Every text below a list or a map, by index or key. */
    Map<String, String> textsBelow(String name) {
        return object(name)
                .map(below -> {
                    below.read.addAll(below.texts.keySet());
                    return Collections.unmodifiableMap(below.texts);
                })
                .orElse(Map.of());
    }

    List<String> textList(String name) {
        return object(name)
                .map(below -> {
                    below.read.addAll(below.texts.keySet());
                    return List.copyOf(below.texts.values());
                })
                .orElse(List.of());
    }

    /** Call after reading and before any effect. */
    void rejectUnread() {
        for (String name : texts.keySet()) {
            if (!read.contains(name)) {
                throw unknown(name);
            }
        }
        children.forEach((name, child) -> {
            if (!read.contains(name)) {
                throw unknown(name);
            }
            child.rejectUnread();
        });
    }

    private ApiException unknown(String name) {
        return ApiException.badParameter(
                nameOf(name),
                "parameter_unknown",
                "Received unknown parameter: " + nameOf(name) + " (or one that is not simulated)");
    }
}
