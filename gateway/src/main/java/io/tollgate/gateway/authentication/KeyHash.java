package io.tollgate.gateway.authentication;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** SHA-256 of a key's text: all that is kept of a key. Keys are random over 256 bits, so there is nothing to salt or stretch. */
public record KeyHash(long a, long b, long c, long d) {

    static final int BYTES = 32;

    public static KeyHash of(String key) {
        return ofBytes(sha256().digest(key.getBytes(UTF_8)));
    }

    public static KeyHash ofBytes(byte[] digest) {
        if (digest.length != BYTES) {
            throw new IllegalArgumentException("not a SHA-256 digest");
        }
        ByteBuffer buffer = ByteBuffer.wrap(digest);
        return new KeyHash(buffer.getLong(), buffer.getLong(), buffer.getLong(), buffer.getLong());
    }

    public byte[] toBytes() {
        return ByteBuffer.allocate(BYTES)
                .putLong(a)
                .putLong(b)
                .putLong(c)
                .putLong(d)
                .array();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
