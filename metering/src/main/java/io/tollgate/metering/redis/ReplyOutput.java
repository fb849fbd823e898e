package io.tollgate.metering.redis;

import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.CommandOutput;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Unpacks a {@link Reply} straight from the wire. */
final class ReplyOutput extends CommandOutput<byte[], byte[], Reply> {

    ReplyOutput() {
        super(ByteArrayCodec.INSTANCE, new Reply());
    }

    @Override
    public void set(@Nullable ByteBuffer bytes) {
        if (bytes == null) {
            return;
        }
        Packed packed = new Packed(bytes);
        while (packed.hasNext()) {
            if (packed.isText()) {
                output.addText(packed.text());
            } else {
                output.addNumber(packed.number());
            }
        }
    }
}
