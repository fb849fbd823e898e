package io.tollgate.gateway.edge;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/** Writes what an edge may get to see, from the harmless to the hostile. An input depends on the seed and its number only. */
final class FuzzInputs {

    private final long seed;

    FuzzInputs(long seed) {
        this.seed = seed;
    }

    /** What an input tries. */
    enum Kind {
        VALID,
        HEAD,
        FRAMING,
        BODY,
        SMUGGLED,
        BYTES
    }

    /** What the client does when it has sent everything. */
    enum Ending {
        /** Reads what it can expect, then says that it has sent everything. */
        HALF_CLOSED,
        /** Reads, and could send more. */
        OPEN,
        /** Is gone. */
        RESET
    }

    @SuppressWarnings("ArrayRecordComponent")
    record Input(long number, Kind kind, Ending ending, byte[] bytes) {}

    /**
     * The input of a number.
     *
     * @param key whose call it is
     * @param victim whose call an attacker would smuggle
     */
    Input input(long number, String key, String victim) {
        Dice dice = new Dice(seed * 1_000_003 + number);
        Kind kind = dice.oneIn(10) ? Kind.VALID : Kind.values()[dice.below(Kind.values().length)];
        int requests = dice.oneIn(4) ? 2 + dice.below(2) : 1;
        int odd = dice.below(requests);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < requests; i++) {
            Draft draft = draft(dice, number, key);
            text.append(i == odd ? written(kind, draft, dice, victim) : draft.text());
        }
        String whole = kind == Kind.BYTES ? scrambled(text.toString(), dice) : text.toString();
        return new Input(number, kind, ending(dice), whole.getBytes(ISO_8859_1));
    }

    private static Ending ending(Dice dice) {
        return dice.oneIn(12) ? Ending.RESET : dice.oneIn(12) ? Ending.OPEN : Ending.HALF_CLOSED;
    }

    private static Draft draft(Dice dice, long number, String key) {
        Draft draft = new Draft(dice, number, key);
        if (dice.oneIn(4)) {
            draft.chunk(1 + dice.below(40), 1 + dice.below(40));
        }
        return draft;
    }

    private static String written(Kind kind, Draft draft, Dice dice, String victim) {
        int changes = 1 + (dice.oneIn(3) ? dice.below(3) : 0);
        for (int i = 0; i < changes; i++) {
            switch (kind) {
                case HEAD -> HeadMutations.change(draft, dice);
                case FRAMING -> FramingMutations.change(draft, dice);
                case BODY -> {
                    draft.framed = null;
                    BodyMutations.change(draft, dice);
                }
                case SMUGGLED -> smuggle(draft, dice, victim);
                case VALID, BYTES -> {}
            }
        }
        return draft.text();
    }

    /** A whole call of somebody else's stands where a reader in doubt could take it for the next. */
    private static void smuggle(Draft draft, Dice dice, String victim) {
        String inner = new Draft(dice, -1, victim).text();
        switch (dice.below(4)) {
            case 0 -> {
                String opening = Integer.toHexString(inner.length()) + Draft.CRLF;
                draft.framed = bothLengths(dice, opening.length()) + opening + inner + Draft.CRLF + Http.END;
            }
            case 1 -> draft.framed = bothLengths(dice, Http.END.length() + inner.length()) + Http.END + inner;
            case 2 -> {
                draft.body = dice.of("", "{}", Http.END, draft.body()) + inner;
                draft.framed = null;
            }
            default -> {
                draft.body = dice.of("", "{}", Http.END, draft.body()) + inner;
                FramingMutations.change(draft, dice);
            }
        }
        if (dice.oneIn(4)) {
            HeadMutations.change(draft, dice);
        }
    }

    private static String bothLengths(Dice dice, int length) {
        String coding = "Transfer-Encoding: "
                + dice.of(
                        "chunked", "chunked", "Chunked", "xchunked", " chunked ", "chunked, identity", "\u000bchunked");
        return dice.of(
                        "Content-Length: " + length + Draft.CRLF + coding,
                        coding + Draft.CRLF + "Content-Length: " + length)
                + Draft.CRLF
                + Draft.CRLF;
    }

    private static String scrambled(String text, Dice dice) {
        StringBuilder bytes = new StringBuilder(text);
        for (int i = 1 + dice.below(4); i > 0 && !bytes.isEmpty(); i--) {
            int at = dice.below(bytes.length());
            switch (dice.below(5)) {
                case 0 -> bytes.setCharAt(at, (char) dice.below(256));
                case 1 -> bytes.insert(at, (char) dice.below(256));
                case 2 -> bytes.deleteCharAt(at);
                case 3 -> bytes.insert(at, bytes.substring(dice.below(at + 1), at));
                default -> bytes.delete(at, Math.min(bytes.length(), at + dice.below(30)));
            }
        }
        return bytes.toString();
    }
}
