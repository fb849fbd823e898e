package io.tollgate.gateway.authentication;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.SecureRandom;
import java.util.zip.CRC32;

/**
 * The text of a key: {@code tg_}, 43 base62 digits (256 random bits), 6 base62 digits of their CRC-32. The checksum tells a typing mistake
 * from a wrong key without asking anyone.
 */
public final class KeyText {

    static final String PREFIX = "tg_";

    private static final String DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final int RANDOM_DIGITS = 43;
    private static final int CHECK_DIGITS = 6;
    private static final int LENGTH = PREFIX.length() + RANDOM_DIGITS + CHECK_DIGITS;
    private static final int FOREIGN_MIN = 8;
    private static final int FOREIGN_MAX = 200;

    private static final SecureRandom RANDOM = new SecureRandom();

    private KeyText() {}

    /** What a text looks like. */
    enum Shape {
        OURS,
        MISTYPED,
        FOREIGN,
        NO_KEY
    }

    /** A new key; 43 base62 digits carry 256 bits. */
    public static String random() {
        StringBuilder text = new StringBuilder(LENGTH).append(PREFIX);
        for (int i = 0; i < RANDOM_DIGITS; i++) {
            text.append(DIGITS.charAt(RANDOM.nextInt(DIGITS.length())));
        }
        return text.append(checksum(text)).toString();
    }

    /** Whether a text that somebody else has made can be a key. */
    public static boolean canBeForeign(String text) {
        return shapeOf(text) == Shape.FOREIGN;
    }

    static Shape shapeOf(String text) {
        if (text.startsWith(PREFIX)) {
            return isWhole(text) ? Shape.OURS : Shape.MISTYPED;
        }
        return text.length() >= FOREIGN_MIN && text.length() <= FOREIGN_MAX && isWord(text)
                ? Shape.FOREIGN
                : Shape.NO_KEY;
    }

    private static boolean isWhole(String text) {
        int check = LENGTH - CHECK_DIGITS;
        return text.length() == LENGTH
                && isWord(text)
                && text.substring(check).equals(checksum(text.substring(0, check)));
    }

    private static boolean isWord(String text) {
        return text.chars().allMatch(c -> c == '_' || c == '-' || c == '.' || DIGITS.indexOf(c) >= 0);
    }

    private static String checksum(CharSequence text) {
        CRC32 crc = new CRC32();
        crc.update(text.toString().getBytes(US_ASCII));
        long rest = crc.getValue();
        char[] digits = new char[CHECK_DIGITS];
        for (int i = CHECK_DIGITS - 1; i >= 0; i--) {
            digits[i] = DIGITS.charAt((int) (rest % DIGITS.length()));
            rest /= DIGITS.length();
        }
        return new String(digits);
    }
}
