package io.tollgate.sandbox.ai;

import java.util.Arrays;

/**
 * Counts the tokens of a text, deterministically and about as a provider's tokenizer would: a run of ASCII letters costs
 * one per six begun, a run of digits one per three begun, blanks nothing, and any other character one.
 */
public final class Tokens {
    private static final int LETTERS_PER_TOKEN = 6;
    private static final int DIGITS_PER_TOKEN = 3;
    private static final byte OTHER = 0;
    private static final byte LETTER = 1;
    private static final byte DIGIT = 2;
    private static final byte BLANK = 3;
    private static final byte[] KINDS = kinds();

    private Tokens() {}

    public static int count(String text) {
        char[] characters = text.toCharArray();
        return count(characters, 0, characters.length);
    }

    static int count(char[] text, int offset, int length) {
        int tokens = 0;
        int run = 0;
        byte previous = BLANK;
        for (int i = offset; i < offset + length; i++) {
            char c = text[i];
            byte kind = c < KINDS.length ? KINDS[c] : OTHER;
            run = kind == previous ? run + 1 : 1;
            previous = kind;
            tokens += switch (kind) {
                case LETTER -> run % LETTERS_PER_TOKEN == 1 ? 1 : 0;
                case DIGIT -> run % DIGITS_PER_TOKEN == 1 ? 1 : 0;
                case BLANK -> 0;
                default -> 1;
            };
        }
        return tokens;
    }

    private static byte[] kinds() {
        byte[] kinds = new byte[128];
        Arrays.fill(kinds, 'a', 'z' + 1, LETTER);
        Arrays.fill(kinds, 'A', 'Z' + 1, LETTER);
        Arrays.fill(kinds, '0', '9' + 1, DIGIT);
        Arrays.fill(kinds, 0, ' ' + 1, BLANK);
        return kinds;
    }
}
