package io.tollgate.sandbox.ai;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelFuture;

/** An answer in one piece. */
final class JsonAnswer implements Answer {
    private static final int BYTES_PER_TOKEN = 8;
    private static final int BYTES_AROUND = 1_024;

    private final Outlet outlet;
    private final Dialect dialect;
    private final Reply reply;
    private final Receipt receipt;

    JsonAnswer(Outlet outlet, Dialect dialect, Reply reply, Receipt receipt) {
        this.outlet = outlet;
        this.dialect = dialect;
        this.reply = reply;
        this.receipt = receipt;
    }

    @Override
    public void begin() {
        ByteBuf body = body();
        ByteBuf out = outlet.buffer(body.readableBytes() + BYTES_AROUND);
        head(out, body.readableBytes());
        int bodyStart = out.writerIndex();
        out.writeBytes(body);
        body.release();
        switch (reply.fault().kind()) {
            case RESET_IN_HEADERS -> outlet.sendThenReset(out.writerIndex(bodyStart / 2));
            case RESET_IN_BODY, RESET_IN_EVENT -> outlet.sendThenReset(half(out, bodyStart));
            case STALL_IN_BODY -> outlet.sendThenNothing(half(out, bodyStart));
            case TRUNCATED -> outlet.sendThenClose(half(out, bodyStart));
            default -> whole(out);
        }
    }

    private void whole(ByteBuf out) {
        receipt.enter(reply.completionTokens(), 1, Delivery.FINISHED);
        ChannelFuture sent = outlet.sendLast(out);
        sent.addListener(done -> {
            if (!done.isSuccess()) {
                receipt.cut();
            }
        });
    }

    private ByteBuf half(ByteBuf out, int bodyStart) {
        receipt.enter(0, 0, reply.fault().label());
        return out.writerIndex(bodyStart + (out.writerIndex() - bodyStart) / 2);
    }

    private ByteBuf body() {
        ByteBuf body = outlet.buffer(BYTES_AROUND + BYTES_PER_TOKEN * reply.completionTokens());
        dialect.json(body, reply);
        switch (reply.fault().kind()) {
            case INVALID_JSON, INVALID_SSE -> Damage.loseTheEnd(body);
            case HUGE_CHUNKS -> Damage.pad(body, 0);
            case GZIP -> {
                byte[] plain = ByteBufUtil.getBytes(body);
                Damage.compress(body.clear(), plain);
            }
            default -> {}
        }
        return body;
    }

    private void head(ByteBuf out, int bodyBytes) {
        Wire.status(out, 200);
        Wire.header(out, "content-type", Wire.JSON);
        if (reply.fault().is(Fault.Kind.GZIP)) {
            Wire.header(out, "content-encoding", "gzip");
        }
        outlet.commonHeaders(out, reply.number());
        Wire.header(out, "content-length", Integer.toString(bodyBytes));
        Wire.endOfHeaders(out);
    }

    @Override
    public void writable() {
        // It was all written at once.
    }

    @Override
    public void gone() {
        receipt.cut();
    }
}
