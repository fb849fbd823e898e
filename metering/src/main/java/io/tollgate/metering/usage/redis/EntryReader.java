package io.tollgate.metering.usage.redis;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.lettuce.core.StreamMessage;
import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.credit.Credits;
import io.tollgate.metering.redis.Packed;
import io.tollgate.metering.usage.EventPosition;
import io.tollgate.metering.usage.LotShare;
import io.tollgate.metering.usage.UsageDetail;
import io.tollgate.metering.usage.UsageEntry;
import io.tollgate.metering.usage.UsageEvent;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads what {@code event.lua} has written; what it cannot read it hands on as it is. */
final class EntryReader {

    private static final int VERSION = 1;

    private EntryReader() {}

    static UsageEntry read(StreamMessage<byte[], byte[]> message) {
        EventPosition position = EventPosition.parse(message.getId());
        Map<byte[], byte[]> body = message.getBody();
        try {
            return new UsageEntry.Legible(event(position, body));
        } catch (IllegalArgumentException e) {
            return new UsageEntry.Illegible(position, account(body), printable(body), String.valueOf(e.getMessage()));
        }
    }

    private static UsageEvent event(EventPosition position, Map<byte[], byte[]> body) {
        Packed packed = packed(body);
        long version = packed.number();
        if (version < VERSION) {
            throw new IllegalArgumentException("no such version of an event: " + version);
        }
        UsageEvent.Kind kind = UsageEvent.Kind.valueOf(packed.text());
        String id = packed.text();
        AccountId account = new AccountId(packed.text());
        String detail = packed.text();
        Credits held = Credits.ofMicros(packed.number());
        Credits charged = Credits.ofMicros(packed.number());
        Credits uncollected = Credits.ofMicros(packed.number());
        long debtChange = packed.number();
        List<LotShare> lots = lots(packed.text());
        long postedAfter = packed.number();
        long command = packed.number();
        long at = packed.number();
        List<LotShare> expired = packed.hasNext() ? lots(packed.text()) : List.of();
        return new UsageEvent(
                position,
                kind,
                id,
                account,
                held,
                charged,
                uncollected,
                lots,
                expired,
                debtChange,
                postedAfter,
                command,
                at,
                detail.isEmpty() ? null : UsageDetail.decode(detail));
    }

    private static Packed packed(Map<byte[], byte[]> body) {
        if (body.size() != 1) {
            throw new IllegalArgumentException("an event has one field, not " + body.size());
        }
        return new Packed(ByteBuffer.wrap(body.values().iterator().next()));
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

    /** The fourth value, if the entry can be read as far as that. */
    private static String account(Map<byte[], byte[]> body) {
        try {
            Packed packed = packed(body);
            long version = packed.number();
            return version < VERSION
                    ? ""
                    : List.of(packed.text(), packed.text(), packed.text()).getLast();
        } catch (IllegalArgumentException unreadable) {
            return "";
        }
    }

    private static String printable(Map<byte[], byte[]> body) {
        StringBuilder out = new StringBuilder();
        body.forEach((name, value) -> {
            appendEscaped(out, name);
            appendEscaped(out.append('='), value);
            out.append('\n');
        });
        return out.toString();
    }

    private static void appendEscaped(StringBuilder out, byte[] bytes) {
        String text = new String(bytes, ISO_8859_1);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c > '~' || c == '\\') {
                out.append("\\x").append(Integer.toHexString(0x100 | c), 1, 3);
            } else {
                out.append(c);
            }
        }
    }
}
