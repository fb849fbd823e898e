package io.tollgate.sandbox.ai;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufOutputStream;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** A streamed reply as numbered frames, each in an HTTP chunk of its own, with the faults that spoil a frame's bytes. */
final class Frames {
    private static final int EVENT_END = 2; // the blank line

    private final Dialect dialect;
    private final Reply reply;
    private final int steps;
    private final int count;
    private final int spoiled;
    private @Nullable ByteBuf compressed;
    private @Nullable GZIPOutputStream gzip;
    private int lastChunkBytes;

    Frames(Dialect dialect, Reply reply) {
        this.dialect = dialect;
        this.reply = reply;
        this.steps = reply.steps();
        this.count = 1 + steps + dialect.closingFrames(reply);
        this.spoiled = 1 + steps / 2;
        if (reply.fault().is(Fault.Kind.GZIP)) {
            openGzip();
        }
    }

    int count() {
        return count;
    }

    /** Where faults that let half of the stream through stop: at least one frame is left out. */
    int half() {
        return 1 + (steps + 1) / 2;
    }

    int tokensIn(int frame) {
        return isStep(frame) ? reply.tokensIn(frame - 1) : 0;
    }

    /** Whether providers send this frame right behind the one before: usage and end of stream. */
    boolean followsAtOnce(int frame) {
        return frame > steps + 1;
    }

    void write(ByteBuf out, int frame) {
        int chunk = Wire.beginChunk(out);
        int start = out.writerIndex();
        plain(out, frame);
        spoil(out, frame, start);
        if (gzip != null) {
            compress(out, start, gzip);
        }
        Wire.endChunk(out, chunk);
        lastChunkBytes = out.writerIndex() - chunk;
    }

    int lastChunkBytes() {
        return lastChunkBytes;
    }

    void end(ByteBuf out) {
        if (gzip != null) {
            int chunk = Wire.beginChunk(out);
            finish(out, gzip);
            Wire.endChunk(out, chunk);
        }
        Wire.endOfChunks(out);
        close();
    }

    void close() {
        if (compressed != null) {
            compressed.release();
            compressed = null;
            gzip = null;
        }
    }

    private void plain(ByteBuf out, int frame) {
        if (frame == 0) {
            dialect.opening(out, reply);
        } else if (isStep(frame)) {
            dialect.step(out, reply, frame - 1);
        } else {
            dialect.closing(out, reply, frame - 1 - steps);
        }
    }

    private void spoil(ByteBuf out, int frame, int start) {
        switch (reply.fault().kind()) {
            case INVALID_JSON -> {
                if (frame == spoiled) {
                    Damage.unfinishedEvent(out, start);
                }
            }
            case INVALID_SSE -> {
                if (frame == spoiled) {
                    Damage.noEvent(out, start);
                }
            }
            case HUGE_CHUNKS -> {
                if (isStep(frame)) {
                    Damage.pad(out, EVENT_END);
                }
            }
            default -> {}
        }
    }

    private boolean isStep(int frame) {
        return frame >= 1 && frame <= steps;
    }

    private void openGzip() {
        try {
            ByteBuf buffer = Unpooled.buffer();
            compressed = buffer;
            gzip = new GZIPOutputStream(new ByteBufOutputStream(buffer), 512, true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void compress(ByteBuf out, int start, GZIPOutputStream into) {
        try {
            byte[] plain = new byte[out.writerIndex() - start];
            out.getBytes(start, plain).writerIndex(start);
            into.write(plain);
            into.flush();
            take(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void finish(ByteBuf out, GZIPOutputStream from) {
        try {
            from.finish();
            take(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void take(ByteBuf out) {
        if (compressed != null) {
            out.writeBytes(compressed);
            compressed.clear();
        }
    }
}
