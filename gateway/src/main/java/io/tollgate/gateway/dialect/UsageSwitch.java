package io.tollgate.gateway.dialect;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.List;

/**
 * Switches {@code stream_options.include_usage} on, whether the client said nothing of it, {@code null} or {@code false}. Knows the offsets that one pass
 * over the body has found.
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
        change(VALUE, offset, NULL_LENGTH);
    }

    void optionsOpenAt(int brace) {
        change(FIRST_OPTION, brace + 1, 0);
    }

    void optionsAreEmpty() {
        insert = ONLY_OPTION;
    }

    void includeUsage(boolean wanted, int offset, int length) {
        asked = wanted;
        change(TRUE, offset, length);
    }

    boolean asked() {
        return asked;
    }

    /** What has to change for it to be on. */
    List<Splice> on() {
        return asked ? List.of() : List.of(new Splice(at, replaced, insert));
    }

    private void change(byte[] bytes, int offset, int length) {
        insert = bytes;
        at = offset;
        replaced = length;
    }
}
