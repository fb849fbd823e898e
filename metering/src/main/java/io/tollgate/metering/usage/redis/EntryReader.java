package io.tollgate.metering.usage.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lettuce.core.StreamMessage;
import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.credit.Credits;
import io.tollgate.metering.usage.EventPosition;
import io.tollgate.metering.usage.LotShare;
import io.tollgate.metering.usage.UsageDetail;
import io.tollgate.metering.usage.UsageEntry;
import io.tollgate.metering.usage.UsageEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/** Reads what {@code event.lua} has written; what it cannot read it hands on as it is. */
final class EntryReader {

    private static final int NUMBERS = 7;

    private EntryReader() {}

    static UsageEntry read(StreamMessage<byte[], byte[]> message) {
        EventPosition position = EventPosition.parse(message.getId());
        Map<String, String> fields = fields(message.getBody());
        try {
            return new UsageEntry.Legible(event(position, fields));
        } catch (IllegalArgumentException e) {
            return new UsageEntry.Illegible(
                    position, fields.getOrDefault("a", ""), printable(fields), String.valueOf(e.getMessage()));
        }
    }

    private static UsageEvent event(EventPosition position, Map<String, String> fields) {
        long[] numbers = numbers(required(fields, "m"));
        String detail = required(fields, "x");
        return new UsageEvent(
                position,
                UsageEvent.Kind.valueOf(required(fields, "k")),
                required(fields, "id"),
                new AccountId(required(fields, "a")),
                Credits.ofMicros(numbers[0]),
                Credits.ofMicros(numbers[1]),
                Credits.ofMicros(numbers[2]),
                lots(required(fields, "l")),
                numbers[3],
                numbers[4],
                numbers[5],
                numbers[6],
                detail.isEmpty() ? null : UsageDetail.decode(detail));
    }

    private static long[] numbers(String text) {
        long[] numbers = new long[NUMBERS];
        int from = 0;
        for (int i = 0; i < NUMBERS; i++) {
            int space = text.indexOf(' ', from);
            int end = space < 0 ? text.length() : space;
            numbers[i] = Long.parseLong(text, from, end, 10);
            from = Math.min(end + 1, text.length());
        }
        return numbers;
    }

    private static List<LotShare> lots(String text) {
        List<LotShare> lots = new ArrayList<>(2);
        for (int from = 0; from < text.length(); ) {
            int comma = text.indexOf(',', from);
            int end = comma < 0 ? text.length() : comma;
            int colon = text.indexOf(':', from);
            if (colon < 0 || colon > end) {
                throw new IllegalArgumentException("not <grant>:<amount>: " + text);
            }
            lots.add(new LotShare(
                    Long.parseLong(text, from, colon, 10), Credits.ofMicros(Long.parseLong(text, colon + 1, end, 10))));
            from = end + 1;
        }
        return lots;
    }

    private static String required(Map<String, String> fields, String name) {
        String value = fields.get(name);
        if (value == null) {
            throw new IllegalArgumentException("without field " + name);
        }
        return value;
    }

    private static Map<String, String> fields(Map<byte[], byte[]> body) {
        Map<String, String> fields = HashMap.newHashMap(body.size());
        body.forEach((name, value) -> fields.put(new String(name, UTF_8), new String(value, UTF_8)));
        return fields;
    }

    private static String printable(Map<String, String> fields) {
        StringJoiner text = new StringJoiner("\n");
        fields.forEach((name, value) -> text.add(escaped(name) + "=" + escaped(value)));
        return text.toString();
    }

    private static String escaped(String text) {
        StringBuilder out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isISOControl(c) || c == '\\') {
                out.append("\\u").append(Integer.toHexString(0x10000 | c), 1, 5);
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }
}
