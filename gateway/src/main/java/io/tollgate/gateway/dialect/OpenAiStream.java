package io.tollgate.gateway.dialect;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.tollgate.gateway.dialect.ChatRequest.UsageChunk;
import io.tollgate.metering.credit.Credits;
import io.tollgate.metering.pricing.TokenUsage;
import java.util.Arrays;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Watches the server-sent events of one streamed answer on their way to the client.
 *
 * <p>Whole events pass at once, in the very buffer they came in wherever nothing has to change. An event that has not come whole waits for
 * its rest, up to a bound: a client could not use it either, and the usage chunk must be known before it is sent or withheld. Events are not
 * parsed as JSON; only one that carries a {@code "usage"} object is looked at.
 */
public final class OpenAiStream {

    private static final byte[] DATA = "data:".getBytes(US_ASCII);
    private static final byte[] DONE = "[DONE]".getBytes(US_ASCII);
    private static final byte[] NO_CHOICES = "\"choices\":[]".getBytes(US_ASCII);
    private static final byte[] NO_CHOICES_SPACED = "\"choices\": []".getBytes(US_ASCII);
    private static final byte[] DELTA = "\"delta\"".getBytes(US_ASCII);

    /** Keys of a delta whose text the provider counts as output. */
    private static final byte[][] COUNTED = {
        "\"content\":".getBytes(US_ASCII),
        "\"arguments\":".getBytes(US_ASCII),
        "\"reasoning_content\":".getBytes(US_ASCII),
        "\"refusal\":".getBytes(US_ASCII)
    };

    private static final byte[] NOTHING = {};

    private final UsageChunk usageChunk;
    private final Function<TokenUsage, Credits> cost;
    private final int eventMax;

    private byte[] window = NOTHING;
    private int length;
    private @Nullable TokenUsage usage;
    private long counted;
    private boolean done;

    /**
     * For one answer.
     *
     * @param cost what to write into the usage chunk as {@code tollgate_cost} where it is shown
     * @param eventMax bytes an unfinished event may have
     */
    public OpenAiStream(UsageChunk usageChunk, Function<TokenUsage, Credits> cost, int eventMax) {
        this.usageChunk = usageChunk;
        this.cost = cost;
        this.eventMax = eventMax;
    }

    /** An event was longer than the bound. */
    public static final class EventTooLongException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        EventTooLongException(int eventMax) {
            super("an event of the upstream's stream is longer than " + eventMax + " bytes", null, false, false);
        }
    }

    /**
     * Takes what has arrived and answers what may leave, which the caller owns; null if that is nothing. Does not release {@code arrived}.
     *
     * @throws EventTooLongException if an unfinished event has grown beyond the bound
     */
    public @Nullable ByteBuf pass(ByteBuf arrived) {
        int carried = length;
        append(arrived);
        int end = endOfLastEvent(Math.max(0, carried - 3));
        if (end == 0) {
            if (length > eventMax) {
                throw new EventTooLongException(eventMax);
            }
            return null;
        }
        byte[] changed = watch(end);
        ByteBuf leaving = carried == 0 && changed == null
                ? arrived.retainedSlice(arrived.readerIndex(), end)
                : changed != null ? Unpooled.wrappedBuffer(changed) : Unpooled.copiedBuffer(window, 0, end);
        length -= end;
        System.arraycopy(window, end, window, 0, length);
        return leaving.isReadable() ? leaving : dropped(leaving);
    }

    /** What is left over when the upstream has ended without finishing its last event; null if that is nothing. */
    public @Nullable ByteBuf rest() {
        if (length == 0) {
            return null;
        }
        byte[] changed = watch(length);
        ByteBuf leaving = changed != null ? Unpooled.wrappedBuffer(changed) : Unpooled.copiedBuffer(window, 0, length);
        length = 0;
        return leaving.isReadable() ? leaving : dropped(leaving);
    }

    /** As the upstream reported it last; null if it has not. */
    public @Nullable TokenUsage usage() {
        return usage;
    }

    /** Output tokens counted here: one for each event with text, which is how providers stream. */
    public long counted() {
        return counted;
    }

    /** Whether the stream's own end has passed. */
    public boolean done() {
        return done;
    }

    private static @Nullable ByteBuf dropped(ByteBuf empty) {
        empty.release();
        return null;
    }

    private void append(ByteBuf arrived) {
        int more = arrived.readableBytes();
        if (window.length < length + more) {
            window = Arrays.copyOf(window, Math.max(length + more, 2 * window.length));
        }
        arrived.getBytes(arrived.readerIndex(), window, length, more);
        length += more;
    }

    /** An event ends with an empty line; lines end with LF, CRLF or CR. A CR behind an LF is the first half of an empty CRLF line. */
    private int endOfLastEvent(int from) {
        for (int i = length - 1; i > from; i--) {
            if ((window[i] == '\n' && isAfterLineEnd(i)) || (window[i] == '\r' && window[i - 1] == '\r')) {
                return i + 1;
            }
        }
        return 0;
    }

    private boolean isAfterLineEnd(int i) {
        return window[i - 1] == '\n' || (i > 1 && window[i - 1] == '\r' && window[i - 2] == '\n');
    }

    /** Looks at the events in {@code [0, end)}; answers other bytes to send in their place, or null if they may pass as they are. */
    private byte @Nullable [] watch(int end) {
        byte @Nullable [] changed = null;
        int changedLength = 0;
        int copied = 0;
        for (int line = 0; line < end; ) {
            int lineEnd = endOfLine(line, end);
            if (Bytes.startsWith(window, line, lineEnd, DATA)) {
                int brace = look(line + DATA.length, lineEnd);
                if (brace >= 0) {
                    int eventEnd = endOfEvent(lineEnd, end);
                    byte[] instead = instead(line, lineEnd, brace);
                    int cut = instead.length == 0 ? eventEnd : lineEnd;
                    if (changed == null) {
                        changed = new byte[end + 64];
                    }
                    changed = room(changed, changedLength + (line - copied) + instead.length + (end - cut));
                    System.arraycopy(window, copied, changed, changedLength, line - copied);
                    changedLength += line - copied;
                    System.arraycopy(instead, 0, changed, changedLength, instead.length);
                    changedLength += instead.length;
                    copied = cut;
                    lineEnd = cut;
                }
            }
            line = lineEnd;
        }
        if (changed == null) {
            return null;
        }
        System.arraycopy(window, copied, changed, changedLength, end - copied);
        return Arrays.copyOf(changed, changedLength + end - copied);
    }

    private static byte[] room(byte[] bytes, int needed) {
        return bytes.length < needed ? Arrays.copyOf(bytes, needed) : bytes;
    }

    /** Takes note of one data line; answers where its usage object begins if the line cannot pass as it is, else -1. */
    private int look(int from, int to) {
        int brace = OpenAiUsage.locate(window, from, to);
        if (brace < 0) {
            if (Bytes.startsWith(window, Bytes.skipBlanks(window, from, to), to, DONE)) {
                done = true;
            } else if (hasText(from, to)) {
                counted++;
            }
            return -1;
        }
        TokenUsage reported = OpenAiUsage.parse(window, brace, to);
        if (reported == null) {
            return -1;
        }
        usage = reported;
        if (hasText(from, to)) {
            counted++;
        }
        return usageChunk == UsageChunk.SHOWN || isUsageOnly(from, to) ? brace : -1;
    }

    private boolean isUsageOnly(int from, int to) {
        return Bytes.indexOf(window, from, to, NO_CHOICES) >= 0
                || Bytes.indexOf(window, from, to, NO_CHOICES_SPACED) >= 0;
    }

    private boolean hasText(int from, int to) {
        int delta = Bytes.indexOf(window, from, to, DELTA);
        if (delta < 0) {
            return false;
        }
        for (byte[] key : COUNTED) {
            int at = Bytes.indexOf(window, delta, to, key);
            if (at >= 0) {
                int value = Bytes.skipBlanks(window, at + key.length, to);
                if (value + 1 < to && window[value] == '"' && window[value + 1] != '"') {
                    return true;
                }
            }
        }
        return false;
    }

    /** What leaves in place of a line with usage: the line with its cost, or nothing where the client has not asked for it. */
    private byte[] instead(int line, int lineEnd, int brace) {
        if (usageChunk == UsageChunk.HIDDEN || usage == null) {
            return NOTHING;
        }
        byte[] field = ("\"tollgate_cost\":" + cost.apply(usage).toDecimal() + ",").getBytes(US_ASCII);
        byte[] result = new byte[lineEnd - line + field.length];
        int head = brace + 1 - line;
        System.arraycopy(window, line, result, 0, head);
        System.arraycopy(field, 0, result, head, field.length);
        System.arraycopy(window, brace + 1, result, head + field.length, lineEnd - brace - 1);
        return result;
    }

    private int endOfLine(int from, int end) {
        for (int i = from; i < end; i++) {
            if (window[i] == '\n') {
                return i + 1;
            }
            if (window[i] == '\r') {
                return i + 1 < end && window[i + 1] == '\n' ? i + 2 : i + 1;
            }
        }
        return end;
    }

    private int endOfEvent(int from, int end) {
        for (int line = from; line < end; ) {
            int next = endOfLine(line, end);
            if (window[line] == '\n' || window[line] == '\r') {
                return next;
            }
            line = next;
        }
        return end;
    }
}
