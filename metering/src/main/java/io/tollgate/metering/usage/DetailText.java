package io.tollgate.metering.usage;

import io.tollgate.metering.credit.Credits;
import io.tollgate.metering.pricing.TokenUsage;
import io.tollgate.metering.usage.UsageDetail.CountedBy;
import io.tollgate.metering.usage.UsageDetail.Outcome;
import java.util.ArrayList;
import java.util.List;

/**
 * The text form of a {@link UsageDetail}: a version and the fields between bars. Later versions only append fields, so that
 * two versions of the product can share a stream.
 */
final class DetailText {

    private static final char VERSION = '1';
    private static final char BAR = '|';
    private static final char ESCAPE = '\\';
    private static final char REPLACEMENT = '\uFFFD';
    private static final int FIELDS = 11;
    private static final int NAME_MAX = 256;

    private DetailText() {}

    static String encode(UsageDetail detail) {
        TokenUsage tokens = detail.tokens();
        StringBuilder out = new StringBuilder(96).append(VERSION);
        appendName(out, detail.apiKey());
        appendName(out, detail.route());
        appendName(out, detail.model());
        out.append(BAR)
                .append(detail.outcome().name())
                .append(BAR)
                .append(tokens.input())
                .append(BAR)
                .append(tokens.cacheRead())
                .append(BAR)
                .append(tokens.cacheWrite())
                .append(BAR)
                .append(tokens.output())
                .append(BAR)
                .append(tokens.reasoning())
                .append(BAR)
                .append(detail.basis().name());
        return detail.waived().isZero()
                ? out.toString()
                : out.append(BAR).append(detail.waived().micros()).toString();
    }

    static UsageDetail decode(String text) {
        List<String> fields = split(text);
        if (fields.size() < FIELDS || fields.getFirst().isEmpty()) {
            throw new IllegalArgumentException("not a usage detail: " + fields.size() + " fields");
        }
        TokenUsage tokens = new TokenUsage(
                Long.parseLong(fields.get(5)),
                Long.parseLong(fields.get(6)),
                Long.parseLong(fields.get(7)),
                Long.parseLong(fields.get(8)),
                Long.parseLong(fields.get(9)));
        return new UsageDetail(
                fields.get(1),
                fields.get(2),
                fields.get(3),
                Outcome.valueOf(fields.get(4)),
                tokens,
                CountedBy.valueOf(fields.get(10)),
                fields.size() == FIELDS ? Credits.ZERO : Credits.ofMicros(Long.parseLong(fields.get(FIELDS))));
    }

    /** Without control characters and lone surrogates (Postgres takes no NUL, UTF-8 no half pairs), cut to a bounded length. */
    static String clean(String name) {
        String bounded = name.length() <= NAME_MAX ? name : name.substring(0, NAME_MAX);
        for (int i = 0; i < bounded.length(); i++) {
            char c = bounded.charAt(i);
            if (Character.isISOControl(c) || Character.isSurrogate(c)) {
                return replaced(bounded);
            }
        }
        return bounded;
    }

    private static String replaced(String name) {
        StringBuilder out = new StringBuilder(name.length());
        name.codePoints()
                .map(c -> Character.isISOControl(c) || isLoneSurrogate(c) ? REPLACEMENT : c)
                .forEach(out::appendCodePoint);
        return out.toString();
    }

    private static boolean isLoneSurrogate(int codePoint) {
        return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    }

    private static void appendName(StringBuilder out, String name) {
        out.append(BAR);
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c == BAR || c == ESCAPE) {
                out.append(ESCAPE);
            }
            out.append(c);
        }
    }

    private static List<String> split(String text) {
        return text.indexOf(ESCAPE) < 0 ? splitPlain(text) : splitEscaped(text);
    }

    private static List<String> splitPlain(String text) {
        List<String> fields = new ArrayList<>(FIELDS);
        int from = 0;
        for (int bar = text.indexOf(BAR); bar >= 0; bar = text.indexOf(BAR, from)) {
            fields.add(text.substring(from, bar));
            from = bar + 1;
        }
        fields.add(text.substring(from));
        return fields;
    }

    private static List<String> splitEscaped(String text) {
        List<String> fields = new ArrayList<>(FIELDS);
        StringBuilder field = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == ESCAPE && i + 1 < text.length()) {
                field.append(text.charAt(++i));
            } else if (c == BAR) {
                fields.add(field.toString());
                field.setLength(0);
            } else {
                field.append(c);
            }
        }
        fields.add(field.toString());
        return fields;
    }
}
