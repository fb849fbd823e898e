package io.tollgate.loadtest.benchmark.load;

import io.netty.buffer.ByteBuf;
import io.netty.util.ByteProcessor;
import io.tollgate.loadtest.benchmark.load.Shape.Form;
import io.tollgate.loadtest.benchmark.upstream.Answers;

/** What has come of an answer so far: enough to know at its end that it is whole. Used again for the next one. */
final class Answer implements ByteProcessor {
    private final Form form;
    private int status;
    private int bytes;
    private int events;
    private byte last;

    Answer(Form form) {
        this.form = form;
    }

    void begin(int statusCode) {
        status = statusCode;
        bytes = 0;
        events = 0;
        last = 0;
    }

    void take(ByteBuf content) {
        bytes += content.readableBytes();
        if (form == Form.STREAMED) {
            content.forEachByte(this);
        }
    }

    /** An event ends with an empty line, wherever gateways may cut it into pieces. */
    @Override
    public boolean process(byte value) {
        if (value == '\n' && last == '\n') {
            events++;
        }
        last = value;
        return true;
    }

    boolean isRefusal() {
        return status != 200;
    }

    boolean isWhole() {
        return form == Form.STREAMED ? events == Answers.EVENTS : bytes >= Answers.PLAIN_BYTES;
    }

    boolean hasBegun() {
        return bytes > 0;
    }
}
