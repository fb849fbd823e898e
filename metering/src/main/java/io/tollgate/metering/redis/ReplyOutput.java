package io.tollgate.metering.redis;

import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.CommandOutput;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Fills a {@link Reply} straight from the wire. */
final class ReplyOutput extends CommandOutput<byte[], byte[], Reply> {

    ReplyOutput() {
        super(ByteArrayCodec.INSTANCE, new Reply());
    }

    @Override
    public void set(@Nullable ByteBuffer bytes) {
        output.addText(bytes == null ? "" : decodeString(bytes));
    }

    @Override
    public void set(long integer) {
        output.addNumber(integer);
    }
}
