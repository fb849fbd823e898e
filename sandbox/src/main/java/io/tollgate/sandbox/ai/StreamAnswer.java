package io.tollgate.sandbox.ai;

import io.netty.buffer.ByteBuf;
import java.time.Duration;

/**
 * An answer in events: frames leave one by one with a pause between them, or in bursts without one, and only while the
 * client takes them.
 */
final class StreamAnswer implements Answer {
    private static final int BURST_BYTES = 32 * 1024;
    private static final int FRAME_BYTES = 512;
    private static final int PART_OF_HEADERS = 40;

    private final Outlet outlet;
    private final Frames frames;
    private final Reply reply;
    private final Receipt receipt;
    private final Duration pause;
    private final int stop;
    private int next;
    private boolean over;
    private boolean waitsForClient;

    StreamAnswer(Outlet outlet, Frames frames, Reply reply, Receipt receipt, Duration pause) {
        this.outlet = outlet;
        this.frames = frames;
        this.reply = reply;
        this.receipt = receipt;
        this.pause = pause;
        this.stop = stop(frames, reply.fault());
    }

    private static int stop(Frames frames, Fault fault) {
        return switch (fault.kind()) {
            case RESET_IN_HEADERS -> 1;
            case RESET_IN_BODY, RESET_IN_EVENT, STALL_IN_BODY, TRUNCATED -> frames.half();
            default -> frames.count();
        };
    }

    @Override
    public void begin() {
        proceed();
    }

    @Override
    public void writable() {
        if (waitsForClient) {
            waitsForClient = false;
            proceed();
        }
    }

    @Override
    public void gone() {
        over = true;
        receipt.cut();
        frames.close();
    }

    private void proceed() {
        while (!over) {
            if (!outlet.isWritable()) {
                waitsForClient = true;
                return;
            }
            burst();
            if (!over && !pause.isZero()) {
                outlet.later(pause, this::proceed);
                return;
            }
        }
    }

    private void burst() {
        ByteBuf out = outlet.buffer(pause.isZero() ? BURST_BYTES : FRAME_BYTES);
        if (next == 0) {
            head(out);
        }
        int tokens = 0;
        int chunks = 0;
        do {
            frames.write(out, next);
            tokens += frames.tokensIn(next);
            chunks += next == 0 ? 0 : 1;
            next++;
        } while (next < stop && belongsTogether() && out.readableBytes() < BURST_BYTES);
        if (next == stop) {
            end(out, tokens, chunks);
        } else {
            send(out, tokens, chunks);
        }
    }

    private boolean belongsTogether() {
        return pause.isZero() || frames.followsAtOnce(next);
    }

    private void send(ByteBuf out, int tokens, int chunks) {
        outlet.send(out).addListener(done -> {
            if (done.isSuccess()) {
                receipt.delivered(tokens, chunks);
            }
        });
    }

    private void end(ByteBuf out, int tokens, int chunks) {
        over = true;
        switch (reply.fault().kind()) {
            case RESET_IN_HEADERS -> outlet.sendThenReset(out.writerIndex(PART_OF_HEADERS));
            case RESET_IN_BODY -> outlet.sendThenReset(faulty(out, tokens, chunks));
            case RESET_IN_EVENT ->
                outlet.sendThenReset(tornApart(faulty(out, tokens - frames.tokensIn(stop - 1), chunks - 1)));
            case STALL_IN_BODY -> outlet.sendThenNothing(faulty(out, tokens, chunks));
            case TRUNCATED -> last(faulty(out, tokens, chunks));
            default -> {
                receipt.enter(tokens, chunks, Delivery.FINISHED);
                last(out);
            }
        }
    }

    private ByteBuf faulty(ByteBuf out, int tokens, int chunks) {
        receipt.enter(tokens, chunks, reply.fault().label());
        return out;
    }

    private ByteBuf tornApart(ByteBuf out) {
        return out.writerIndex(out.writerIndex() - frames.lastChunkBytes() / 2);
    }

    private void last(ByteBuf out) {
        frames.end(out);
        outlet.sendLast(out).addListener(done -> {
            if (!done.isSuccess()) {
                receipt.cut();
            }
        });
    }

    private void head(ByteBuf out) {
        Wire.status(out, 200);
        Wire.header(out, "content-type", Wire.EVENTS);
        Wire.header(out, "cache-control", "no-cache");
        if (reply.fault().is(Fault.Kind.GZIP)) {
            Wire.header(out, "content-encoding", "gzip");
        }
        outlet.commonHeaders(out, reply.number());
        Wire.header(out, "transfer-encoding", "chunked");
        Wire.endOfHeaders(out);
    }
}
