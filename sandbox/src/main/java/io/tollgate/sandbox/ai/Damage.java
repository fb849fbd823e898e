package io.tollgate.sandbox.ai;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;

/** Faults that change the bytes of an answer. */
final class Damage {
    private static final byte[] PADDING = padding();

    private Damage() {}

    /** Makes the JSON object that ends {@code tail} bytes before the end a quarter of a megabyte larger. */
    static void pad(ByteBuf out, int tail) {
        int end = out.writerIndex() - tail - 1;
        byte[] rest = new byte[tail + 1];
        out.getBytes(end, rest).writerIndex(end);
        Dialect.ascii(out, ",\"obfuscation\":\"");
        out.writeBytes(PADDING);
        out.writeByte('"');
        out.writeBytes(rest);
    }

    static void loseTheEnd(ByteBuf json) {
        json.writerIndex(json.writerIndex() * 2 / 3);
    }

    static void unfinishedEvent(ByteBuf out, int start) {
        out.writerIndex(start);
        Dialect.ascii(out, "data: {\"id\":\"chatcmpl-sim\",\"choices\":[{\"delta\":{\"content\":\n\n");
    }

    static void noEvent(ByteBuf out, int start) {
        out.writerIndex(start);
        out.writeByte(0).writeByte(0xFF);
        Dialect.ascii(out, "<html>not an event</html>\rdata {{{\n\n");
    }

    static void compress(ByteBuf out, byte[] body) {
        try (GZIPOutputStream gzip = new GZIPOutputStream(new ByteBufOutputStream(out))) {
            gzip.write(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] padding() {
        byte[] padding = new byte[256 * 1024];
        Arrays.fill(padding, "x".getBytes(StandardCharsets.US_ASCII)[0]);
        return padding;
    }
}
