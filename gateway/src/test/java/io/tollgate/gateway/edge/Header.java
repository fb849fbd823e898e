package io.tollgate.gateway.edge;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A header as it stood on the wire, each byte a character. */
record Header(String name, String value) {

    private static final Pattern LINE = Pattern.compile(
            "([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \\t]*((?:[\\x21-\\x7e\\x80-\\xff](?:[\\x20-\\x7e\\x80-\\xff\\t]*[\\x21-\\x7e\\x80-\\xff])?)?)[ \\t]*");

    /** Reads a line by the letter of RFC 9112. */
    static Header strictly(String line) {
        Matcher matcher = LINE.matcher(line);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("no header: " + line);
        }
        return new Header(matcher.group(1), matcher.group(2));
    }
}
