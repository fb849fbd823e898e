package io.tollgate.metering.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;

/**
 * Where a line stands in an account's statement: by the position of the event it tells of, then what expired with an event behind
 * that event, then by id, since positions may come twice after a loss.
 *
 * @param part 0 for calls, 1 for everything else
 */
public record StatementPlace(long epoch, long number, int part, String id) {

    private static final int TEXT_MAX = 1_000;

    public StatementPlace {
        if (epoch < 0 || number < 0 || part < 0 || part > 1 || id.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("no place in a statement");
        }
    }

    /** As {@link #parse} reads it; safe in a URL. */
    public String text() {
        String plain = epoch + "-" + number + "-" + part + "-" + id;
        return Base64.getUrlEncoder().withoutPadding().encodeToString(plain.getBytes(UTF_8));
    }

    /**
     * Reads what {@link #text} has written.
     *
     * @throws IllegalArgumentException if it is nothing of the kind
     */
    public static StatementPlace parse(String text) {
        if (text.length() > TEXT_MAX) {
            throw new IllegalArgumentException("too long for a place in a statement");
        }
        String[] parts = new String(Base64.getUrlDecoder().decode(text), UTF_8).split("-", 4);
        if (parts.length != 4) {
            throw new IllegalArgumentException("not a place in a statement");
        }
        return new StatementPlace(
                Long.parseLong(parts[0]), Long.parseLong(parts[1]), Integer.parseInt(parts[2]), parts[3]);
    }
}
