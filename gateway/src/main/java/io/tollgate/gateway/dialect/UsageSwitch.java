package io.tollgate.gateway.dialect;

import static java.nio.charset.StandardCharsets.US_ASCII;

/**
 * Switches {@code stream_options.include_usage} on by splicing bytes, so that the rest of a client's body stays as it was
 * written. Knows the offsets that one pass over the body has found.
 */
final class UsageSwitch {

    private static final byte[] OPTIONS = "\"stream_options\":{\"include_usage\":true},".getBytes(US_ASCII);
    private static final byte[] VALUE = "{\"include_usage\":true}".getBytes(US_ASCII);
    private static final byte[] FIRST_OPTION = "\"include_usage\":true,".getBytes(US_ASCII);
    private static final byte[] ONLY_OPTION = "\"include_usage\":true".getBytes(US_ASCII);
    private static final byte[] TRUE = "true".getBytes(US_ASCII);

    private static final int NULL_LENGTH = 4;

    private byte[] insert = OPTIONS;
    private int at;
    private int replaced;
    private boolean asked;

    void bodyOpensAt(int brace) {
        at = brace + 1;
    }

    void optionsAreNullAt(int offset) {
        splice(VALUE, offset, NULL_LENGTH);
    }

    void optionsOpenAt(int brace) {
        splice(FIRST_OPTION, brace + 1, 0);
    }

    void optionsAreEmpty() {
        insert = ONLY_OPTION;
    }

    void includeUsage(boolean wanted, int offset, int length) {
        asked = wanted;
        splice(TRUE, offset, length);
    }

    boolean asked() {
        return asked;
    }

    byte[] switchedOn(byte[] body) {
        if (asked) {
            return body;
        }
        byte[] result = new byte[body.length + insert.length - replaced];
        System.arraycopy(body, 0, result, 0, at);
        System.arraycopy(insert, 0, result, at, insert.length);
        System.arraycopy(body, at + replaced, result, at + insert.length, body.length - at - replaced);
        return result;
    }

    private void splice(byte[] bytes, int offset, int length) {
        insert = bytes;
        at = offset;
        replaced = length;
    }
}
