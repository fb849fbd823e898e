package io.tollgate.metering.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.protocol.Command;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.util.function.Consumer;
import reactor.core.publisher.MonoSink;

/** One script on its way: tells its subscriber from the connection's own thread, without a future in between. */
final class ScriptCall extends Command<byte[], byte[], Reply> {

    private final LuaScript script;
    private final ScriptArguments arguments;
    private final MonoSink<Reply> sink;
    private final Consumer<ScriptCall> resend;
    final long sentNanos;

    /** By digest. */
    static ScriptCall of(
            LuaScript script, ScriptArguments arguments, MonoSink<Reply> sink, Consumer<ScriptCall> resend) {
        return new ScriptCall(CommandType.EVALSHA, script, arguments, sink, resend);
    }

    private ScriptCall(
            CommandType type,
            LuaScript script,
            ScriptArguments arguments,
            MonoSink<Reply> sink,
            Consumer<ScriptCall> resend) {
        super(type, new ReplyOutput(), new Wire(type == CommandType.EVAL ? script.text() : script.digest(), arguments));
        this.script = script;
        this.arguments = arguments;
        this.sink = sink;
        this.resend = resend;
        this.sentNanos = System.nanoTime();
    }

    @Override
    public void complete() {
        if (isDone()) {
            return;
        }
        super.complete();
        String error = getOutput().getError();
        if (error == null) {
            sink.success(getOutput().get());
        } else if (error.startsWith("NOSCRIPT") && getType() == CommandType.EVALSHA) {
            resend.accept(new ScriptCall(CommandType.EVAL, script, arguments, sink, resend));
        } else {
            sink.error(RedisFailures.ofReply(script.toString(), error));
        }
    }

    @Override
    public boolean completeExceptionally(Throwable failure) {
        boolean first = super.completeExceptionally(failure);
        if (first) {
            sink.error(RedisFailures.of(failure));
        }
        return first;
    }

    @Override
    public void cancel() {
        if (!isDone()) {
            super.cancel();
            sink.error(RedisFailures.closed());
        }
    }

    /** Arguments that are encoded already. */
    private static final class Wire extends CommandArgs<byte[], byte[]> {

        private final byte[] script;
        private final ScriptArguments arguments;

        Wire(byte[] script, ScriptArguments arguments) {
            super(ByteArrayCodec.INSTANCE);
            this.script = script;
            this.arguments = arguments;
        }

        @Override
        public int count() {
            return 2 + arguments.count();
        }

        @Override
        public void encode(ByteBuf out) {
            writeBulk(out, script);
            writeBulk(out, Integer.toString(arguments.keys()).getBytes(US_ASCII));
            arguments.writeTo(out);
        }

        private static void writeBulk(ByteBuf out, byte[] bytes) {
            out.writeByte('$');
            ByteBufUtil.writeAscii(out, Integer.toString(bytes.length));
            out.writeByte('\r').writeByte('\n');
            out.writeBytes(bytes).writeByte('\r').writeByte('\n');
        }

        @Override
        public String toCommandString() {
            return count() + " arguments";
        }

        @Override
        public String toString() {
            return toCommandString();
        }
    }
}
