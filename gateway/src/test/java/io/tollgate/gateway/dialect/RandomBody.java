package io.tollgate.gateway.dialect;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** A valid request, written as no sane client would: odd blanks, escapes, depth and order of members. */
final class RandomBody {

    private static final List<String> CAPS = List.of("max_tokens", "max_completion_tokens", "max_output_tokens");
    private static final String[] BLANKS = {"", "", "", " ", "\n", "\t", "\r\n", "  \n "};
    private static final String[] TEXTS = {
        "a",
        "é",
        "日本",
        "\uD83D\uDE00",
        "\\\"",
        "\\\\",
        "\\u00e9",
        "\\n",
        "max_tokens",
        "\\\"max_tokens\\\":9",
        "{",
        "}]",
        ":",
        ","
    };

    private final Random random;

    RandomBody(Random random) {
        this.random = random;
    }

    String text() {
        List<String> members = new ArrayList<>();
        members.add(member("model", "\"m\""));
        if (random.nextBoolean()) {
            members.add(member("messages", messages()));
        }
        members.add(member("stream", random.nextBoolean() ? "true" : "false"));
        for (String cap : CAPS) {
            if (random.nextInt(3) == 0) {
                members.add(member(cap, random.nextInt(4) == 0 ? "null" : Integer.toString(1 + random.nextInt(5000))));
            }
        }
        if (random.nextBoolean()) {
            members.add(member("stream_options", streamOptions()));
        }
        for (int i = random.nextInt(4); i > 0; i--) {
            members.add(member("x" + i, value(3)));
        }
        Collections.shuffle(members, random);
        return blank() + "{" + blank() + String.join(blank() + "," + blank(), members) + blank() + "}" + blank();
    }

    private String messages() {
        return "[{" + member("role", "\"user\"") + "," + member("content", string()) + "," + member("x", value(2))
                + "}]";
    }

    private String streamOptions() {
        return switch (random.nextInt(5)) {
            case 0 -> "null";
            case 1 -> "{" + blank() + "}";
            case 2 -> "{" + member("y", value(1)) + "}";
            case 3 -> "{" + member("include_usage", random.nextBoolean() ? "true" : "false") + "}";
            default -> "{" + member("y", value(1)) + "," + member("include_usage", "null") + "}";
        };
    }

    private String value(int depth) {
        return switch (random.nextInt(depth > 0 ? 7 : 5)) {
            case 0 -> "null";
            case 1 -> Integer.toString(random.nextInt());
            case 2 -> "-1.5e-3";
            case 3 -> "true";
            case 4 -> string();
            case 5 -> "[" + blank() + value(depth - 1) + blank() + "," + value(depth - 1) + "]";
            default ->
                "{" + member("max_tokens", value(depth - 1)) + "," + member("k" + random.nextInt(9), value(depth - 1))
                        + "}";
        };
    }

    private String member(String key, String value) {
        return "\"" + escaped(key) + "\"" + blank() + ":" + blank() + value;
    }

    /** The same key to whoever reads JSON. */
    private String escaped(String key) {
        if (random.nextInt(6) > 0) {
            return key;
        }
        int at = random.nextInt(key.length());
        return key.substring(0, at) + String.format("\\u%04x", (int) key.charAt(at)) + key.substring(at + 1);
    }

    private String string() {
        StringBuilder text = new StringBuilder("\"");
        for (int i = random.nextInt(5); i > 0; i--) {
            text.append(TEXTS[random.nextInt(TEXTS.length)]);
        }
        return text.append('"').toString();
    }

    private String blank() {
        return BLANKS[random.nextInt(BLANKS.length)];
    }
}
