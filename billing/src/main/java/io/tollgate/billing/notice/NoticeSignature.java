package io.tollgate.billing.notice;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Collection;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What proves to a receiver that a body is ours and fresh: {@code t=<seconds>,v1=<hex>}, an HMAC-SHA256 over the seconds, a dot and the
 * body, one for each secret. The scheme is Stripe's, so that receivers can use what they have.
 */
public final class NoticeSignature {

    public static final String HEADER = "Tollgate-Signature";

    private static final String ALGORITHM = "HmacSHA256";

    private NoticeSignature() {}

    public static String of(byte[] body, Instant at, Collection<String> secrets) {
        String seconds = Long.toString(at.getEpochSecond());
        StringBuilder header = new StringBuilder("t=").append(seconds);
        for (String secret : secrets) {
            header.append(",v1=").append(hmac(secret, seconds, body));
        }
        return header.toString();
    }

    private static String hmac(String secret, String seconds, byte[] body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret.getBytes(UTF_8), ALGORITHM));
            mac.update(seconds.getBytes(UTF_8));
            mac.update((byte) '.');
            return HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e); // every Java platform has it, and any bytes make a key
        }
    }
}
