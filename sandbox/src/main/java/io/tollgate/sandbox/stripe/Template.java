package io.tollgate.sandbox.stripe;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A page with places written as {@code {{name}}}; values are put in as they are, already escaped, and not read again. */
record Template(String text) {
    private static final Pattern PLACE = Pattern.compile("\\{\\{(\\w+)}}");

    static Template load(String resource) {
        try (InputStream in =
                Objects.requireNonNull(Template.class.getResourceAsStream(resource), "no resource " + resource)) {
            return new Template(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String fill(Map<String, String> values) {
        return PLACE.matcher(text)
                .replaceAll(place -> Matcher.quoteReplacement(
                        Objects.requireNonNull(values.get(place.group(1)), "no value for " + place.group())));
    }
}
