package io.tollgate.billing.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The secrets deliveries may be signed with: one, or two while they are being changed. */
public final class WebhookSecrets {

    private static final String ALGORITHM = "HmacSHA256";
    private static final int COUNT_MAX = 4;

    private final List<SecretKeySpec> keys;

    public WebhookSecrets(List<String> secrets) {
        if (secrets.size() > COUNT_MAX || secrets.stream().anyMatch(String::isBlank)) {
            throw new IllegalArgumentException("at most " + COUNT_MAX + " webhook secrets, none of them blank");
        }
        keys = secrets.stream()
                .map(secret -> new SecretKeySpec(secret.getBytes(UTF_8), ALGORITHM))
                .toList();
    }

    boolean isEmpty() {
        return keys.isEmpty();
    }

    /** Whether one of the header's signatures is that of one of the secrets. Takes as long for a near miss as for a far one. */
    boolean signed(SignatureHeader header, byte[] body) {
        boolean match = false;
        for (SecretKeySpec key : keys) {
            byte[] expected = sign(key, header.timestamp(), body).getBytes(UTF_8);
            for (String signature : header.signatures()) {
                match |= MessageDigest.isEqual(expected, signature.getBytes(UTF_8));
            }
        }
        return match;
    }

    private static String sign(SecretKeySpec key, String timestamp, byte[] body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update(timestamp.getBytes(UTF_8));
            mac.update((byte) '.');
            return HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e); // every Java platform has it, and any bytes make a key
        }
    }
}
