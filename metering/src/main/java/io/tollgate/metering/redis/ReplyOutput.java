package io.tollgate.metering.redis;

import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.CommandOutput;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Unpacks a {@link Reply} straight from the wire. What it cannot read is an error of that one call: an exception here would meet
 * Lettuce in the middle of its protocol and cost every call on the connection its answer.
 */
final class ReplyOutput extends CommandOutput<byte[], byte[], Reply> {

    ReplyOutput() {
        super(ByteArrayCodec.INSTANCE, new Reply());
    }

    @Override
    public void set(@Nullable ByteBuffer bytes) {
        if (bytes == null) {
            return;
        }
        try {
            unpack(new Packed(bytes));
        } catch (RuntimeException e) {
            unreadable(e.toString());
        }
    }

    @Override
    public void set(long integer) {
        unreadable("a number: " + integer);
    }

    @Override
    public void multi(int count) {
        unreadable("a table of " + count);
    }

    private void unpack(Packed packed) {
        while (packed.hasNext()) {
            if (packed.isText()) {
                output.addText(packed.text());
            } else {
                output.addNumber(packed.number());
            }
        }
        if (output.word().isEmpty() || output.numbers() == 0) {
            unreadable("no word or no number");
        }
    }

    private void unreadable(String why) {
        setError("UNREADABLE " + why);
    }
}
