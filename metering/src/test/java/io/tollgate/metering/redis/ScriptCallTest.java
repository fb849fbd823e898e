package io.tollgate.metering.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

class ScriptCallTest {

    // Burying the holds of a partition takes a key for each: written as one digit, their number was refused from ten
    // on.
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 9, 10, 502})
    void tellsRedisHowManyOfItsArgumentsAreKeys(int keys) {
        ScriptArguments arguments = new ScriptArguments(keys);
        for (int key = 0; key < keys; key++) {
            arguments.ascii("k");
        }
        arguments.ascii("v");
        ByteBuf wire = Unpooled.buffer();

        Mono.<Reply>create(sink -> write(arguments, sink, wire)).subscribe();

        String count = Integer.toString(keys);
        assertThat(wire.toString(US_ASCII).split("\r\n"))
                .startsWith("$40")
                .containsSequence("$" + count.length(), count, "$1")
                .hasSize(4 + 2 * (keys + 1));
    }

    private static void write(ScriptArguments arguments, MonoSink<Reply> sink, ByteBuf wire) {
        ScriptCall call = ScriptCall.of(LuaScript.of("recovery/redis/bury"), arguments, sink, _ -> {});
        Objects.requireNonNull(call.getArgs()).encode(wire);
    }
}
