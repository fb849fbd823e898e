package io.tollgate.gateway.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.ledger.StatementPlace;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * A place in one account's statement as a client gets it: with a check by which one that was damaged, or given for another account, is
 * told from a good one. It is no secret: a statement is read by whoever has the account's key, whatever the place.
 */
final class LedgerCursor {

    private static final int CHECK_BYTES = 6;
    private static final int TEXT_MAX = 1_200;

    private LedgerCursor() {}

    static String text(AccountId account, StatementPlace place) {
        String text = place.text();
        return text + "." + check(account, text);
    }

    /** Null if it is none of this account's. */
    static @Nullable StatementPlace parse(AccountId account, String cursor) {
        int dot = cursor.lastIndexOf('.');
        if (dot < 0 || cursor.length() > TEXT_MAX) {
            return null;
        }
        String text = cursor.substring(0, dot);
        if (!cursor.substring(dot + 1).equals(check(account, text))) {
            return null;
        }
        try {
            return StatementPlace.parse(text);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static String check(AccountId account, String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest((account + " " + text).getBytes(UTF_8));
            return HexFormat.of().formatHex(Arrays.copyOf(digest, CHECK_BYTES));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
