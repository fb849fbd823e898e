package io.tollgate.gateway.connection;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChunkFrameTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 15, 16, 255, 256, 4095, 4096, 8192})
    void isTheLengthInHexThenTheBytesEachWithALineEnd(int length) {
        String text = "x".repeat(length);
        ByteBuf content = Unpooled.copiedBuffer(text, US_ASCII);

        ByteBuf frame = ChunkFrame.of(content, UnpooledByteBufAllocator.DEFAULT);

        assertThat(frame.toString(US_ASCII)).isEqualTo(Integer.toHexString(length) + "\r\n" + text + "\r\n");
        assertThat(content.refCnt()).isZero();
        frame.release();
    }

    @Test
    void isNotMadeOfNothingWhichWouldEndTheMessageNorOfMuch() {
        assertThat(ChunkFrame.fits(Unpooled.EMPTY_BUFFER)).isFalse();
        assertThat(ChunkFrame.fits(Unpooled.wrappedBuffer(new byte[8193]))).isFalse();
        assertThat(ChunkFrame.fits(Unpooled.wrappedBuffer(new byte[8192]))).isTrue();
    }
}
