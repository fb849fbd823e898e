package io.tollgate.gateway.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBufAllocator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class BufferLeaksTest {

    @Test
    void aBufferThatIsNeverReleasedIsFound() {
        try (BufferLeaks leaks = BufferLeaks.watched()) {
            BufferLeaks.drop("forgotten by a handler");

            assertThatThrownBy(leaks::assertNone)
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("forgotten by a handler");
        }
    }

    @Test
    void oneThatIsReleasedIsNot() {
        try (BufferLeaks leaks = BufferLeaks.watched()) {
            ByteBufAllocator.DEFAULT.buffer(16).touch("given back").release();

            assertThat(leaks.found()).noneMatch(message -> message.contains("given back"));
        }
    }
}
