package io.tollgate.gateway.topup;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.tollgate.gateway.topup.TokenCheck.Expired;
import io.tollgate.gateway.topup.TokenCheck.Tampered;
import io.tollgate.gateway.topup.TokenCheck.Valid;
import io.tollgate.metering.account.AccountId;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * Turns (purpose, account, expiry) into URL-safe text and back: {@code base64url(version, purpose, expiry second, account,
 * HMAC-SHA256)}. Nothing is stored, so any gateway with the secret can check what another one has signed.
 */
final class SignedTokens {

    /** What a token is good for; one made for another purpose counts as tampered. */
    enum Purpose {
        PAY('P'),
        ORDER('O');

        private final byte code;

        Purpose(char code) {
            this.code = (byte) code;
        }
    }

    private static final byte VERSION = 1;
    private static final int HEADER_BYTES = 2 + Long.BYTES;
    private static final int MAC_BYTES = 32;
    private static final int LONGEST_TOKEN = 160;
    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKey key;

    SignedTokens(byte[] secret) {
        this.key = new SecretKeySpec(secret, ALGORITHM);
    }

    String sign(Purpose purpose, AccountId account, Instant expiresAt) {
        byte[] name = account.value().getBytes(US_ASCII);
        ByteBuffer token = ByteBuffer.allocate(HEADER_BYTES + name.length + MAC_BYTES)
                .put(VERSION)
                .put(purpose.code)
                .putLong(expiresAt.getEpochSecond())
                .put(name);
        token.put(mac(Arrays.copyOf(token.array(), token.position())));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(token.array());
    }

    TokenCheck check(Purpose purpose, String text, Instant now) {
        byte[] token = decode(text);
        if (token.length <= HEADER_BYTES + MAC_BYTES) {
            return new Tampered();
        }
        byte[] signed = Arrays.copyOf(token, token.length - MAC_BYTES);
        byte[] mac = Arrays.copyOfRange(token, signed.length, token.length);
        if (!MessageDigest.isEqual(mac(signed), mac) || signed[0] != VERSION || signed[1] != purpose.code) {
            return new Tampered();
        }
        return checkExpiry(signed, now);
    }

    private static TokenCheck checkExpiry(byte[] signed, Instant now) {
        Instant expiresAt = Instant.ofEpochSecond(ByteBuffer.wrap(signed).getLong(2));
        if (!now.isBefore(expiresAt)) {
            return new Expired();
        }
        String account = new String(signed, HEADER_BYTES, signed.length - HEADER_BYTES, US_ASCII);
        return new Valid(new AccountId(account), expiresAt);
    }

    /** Empty for what is not canonical base64url: two spellings of one token would be two addresses of one page. */
    private static byte[] decode(String text) {
        if (text.length() > LONGEST_TOKEN) {
            return new byte[0];
        }
        try {
            byte[] decoded = Base64.getUrlDecoder().decode(text);
            boolean canonical = Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(decoded)
                    .equals(text);
            return canonical ? decoded : new byte[0];
        } catch (IllegalArgumentException notBase64) {
            return new byte[0];
        }
    }

    private byte[] mac(byte[] signed) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal(signed);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }
}
