package io.tollgate.sandbox.stripe;

import java.security.SecureRandom;

/** Identifiers that look like Stripe's: a prefix that tells the kind, then letters and digits. */
final class Ids {
    private static final String ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final SecureRandom RANDOM = new SecureRandom();

    private Ids() {}

    static String next(String prefix) {
        return next(prefix, 24);
    }

    static String next(String prefix, int length) {
        StringBuilder id = new StringBuilder(prefix);
        RANDOM.ints(length, 0, ALPHABET.length()).forEach(i -> id.append(ALPHABET.charAt(i)));
        return id.toString();
    }
}
