package io.tollgate.gateway.edge;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;

import java.util.Locale;

/** Changes what a body says. */
final class BodyMutations {

    private static final String[] ODD_VALUES = {
        "0",
        "-0",
        "-1",
        "1.0",
        "1e2",
        "1e99",
        "-1e99",
        "1E+400",
        "2147483648",
        "9223372036854775808",
        "99999999999999999999",
        "\"10\"",
        "\"true\"",
        "true",
        "false",
        "null",
        "[]",
        "{}",
        "[1]",
        "NaN",
        "Infinity",
        "+1",
        "01",
        "0x10",
        ".5",
        "5.",
        "1e",
        "'1'",
        "\"\"",
        "\"\\u0031\"",
        "/**/1",
        "1//",
        "tru",
        "\"gpt-sim\"",
        "\"GPT-SIM\"",
        "{\"include_usage\":true,\"include_usage\":false}",
        "{\"include_usage\":1}",
        "{\"include_us\\u0061ge\":false}",
        "128",
        "129"
    };

    private static final String[] ODD_BYTES = {
        "\u0000",
        "\u001f",
        "\u007f",
        "\u00ff",
        "\u00c1\u00ad",
        "\u00ed\u00a0\u0080",
        "\u00e2\u0082",
        "\u00ef\u00bb\u00bf",
        "\u00f5\u0080\u0080\u0080",
        "\u00c2\u00a0",
        "\\u0000",
        "\\ud800",
        "\\udc00",
        "\\x",
        "\n",
        "\t",
        "\"",
        "\\",
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "#",
        "/* */",
        "//"
    };

    private BodyMutations() {}

    static void change(Draft draft, Dice dice) {
        if (draft.members.isEmpty()) {
            draft.members.add("\"model\":null");
        }
        int member = dice.below(draft.members.size());
        String text = draft.members.get(member);
        switch (dice.below(10)) {
            case 0, 1 ->
                draft.members.add(dice.below(draft.members.size() + 1), name(dice) + ":" + dice.of(ODD_VALUES));
            case 2 -> draft.members.add(dice.below(draft.members.size() + 1), text);
            case 3 ->
                draft.members.set(
                        member,
                        text.replaceFirst(":.*", ":" + dice.of(ODD_VALUES).replace("\\", "\\\\")));
            case 4 -> draft.members.set(member, escaped(text, dice));
            case 5 -> draft.members.remove(member);
            case 6 -> draft.body = dice.within(draft.body(), dice.of(ODD_BYTES));
            case 7 ->
                draft.body = draft.body().substring(0, dice.below(draft.body().length() + 1));
            case 8 ->
                draft.body = dice.of(" ", "\u00ef\u00bb\u00bf", "", "\n\n", "[", "null")
                        + draft.body()
                        + dice.of(" ", "x", "{}", "\n", "", "//", "\u0000");
            default -> huge(draft, dice);
        }
    }

    private static String name(Dice dice) {
        String name = dice.of(LenientReading.FIELDS);
        return "\""
                + switch (dice.below(5)) {
                    case 0 -> name.toUpperCase(Locale.ROOT);
                    case 1 -> unicoded(name, dice.below(name.length()));
                    case 2 -> dice.within(name, dice.of(" ", "\\u0000", "_", "\u00c1\u00ad"));
                    default -> name;
                }
                + "\"";
    }

    private static String escaped(String member, Dice dice) {
        int colon = member.indexOf("\":");
        return unicoded(member, 1 + dice.below(Math.max(1, colon - 1)));
    }

    private static String unicoded(String text, int at) {
        return text.substring(0, at)
                + String.format(Locale.ROOT, "\\u%04x", (int) text.charAt(at))
                + text.substring(at + 1);
    }

    private static void huge(Draft draft, Dice dice) {
        int size = dice.oneIn(10) ? 70_000 : 1_200;
        switch (dice.below(5)) {
            case 0 -> draft.members.add("\"deep\":" + "[".repeat(size / 2) + "]".repeat(size / 2));
            case 1 -> draft.members.add("\"deep\":" + "{\"a\":".repeat(size / 6) + "1" + "}".repeat(size / 6));
            case 2 -> draft.members.add("\"" + dice.of(LenientReading.FIELDS) + "\":" + "9".repeat(size));
            case 3 -> draft.members.add("\"long\":\"" + "x".repeat(size) + "\"");
            default -> draft.body = new String(draft.body().getBytes(UTF_16LE), ISO_8859_1);
        }
    }
}
