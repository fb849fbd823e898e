package io.tollgate.gateway.proxy;

import io.netty.util.AsciiString;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A set of header names, asked several times per message: without regard to case, and without making a string. */
final class HeaderNames {

    private final List<List<AsciiString>> byLength;

    private HeaderNames(List<List<AsciiString>> byLength) {
        this.byLength = byLength;
    }

    static HeaderNames of(String... names) {
        int longest = Arrays.stream(names).mapToInt(String::length).max().orElse(0);
        List<List<AsciiString>> byLength = new ArrayList<>();
        for (int length = 0; length <= longest; length++) {
            int wanted = length;
            byLength.add(Arrays.stream(names)
                    .filter(name -> name.length() == wanted)
                    .map(AsciiString::cached)
                    .toList());
        }
        return new HeaderNames(byLength);
    }

    boolean contains(CharSequence name) {
        if (name.length() >= byLength.size()) {
            return false;
        }
        for (AsciiString candidate : byLength.get(name.length())) {
            if (candidate.contentEqualsIgnoreCase(name)) {
                return true;
            }
        }
        return false;
    }
}
