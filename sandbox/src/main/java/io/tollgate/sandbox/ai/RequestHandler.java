package io.tollgate.sandbox.ai;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** One connection: requests come one after another, each answered before the next. */
final class RequestHandler extends SimpleChannelInboundHandler<FullHttpRequest> {
    private static final Dialect OPENAI = new OpenAiDialect();
    private static final Dialect ANTHROPIC = new AnthropicDialect();

    private final Provider provider;
    private @Nullable Answer current;

    RequestHandler(Provider provider) {
        this.provider = provider;
    }

    /** What all connections share. */
    record Provider(
            ApiKey apiKey,
            Behaviours behaviours,
            Deliveries deliveries,
            Models models,
            Control control,
            AtomicLong numbers) {}

    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
        if (current != null) {
            var _ = context.close(); // pipelined: nobody we serve does that
            return;
        }
        String path = path(request.uri());
        if (request.decoderResult().isFailure()) {
            refuse(context, request, OPENAI, ApiError.invalid("This is not HTTP.", null));
        } else if (path.startsWith(Control.PREFIX)) {
            respond(context, request, provider.control().answer(request));
        } else if (path.equals("/v1/chat/completions")) {
            chat(context, request, OPENAI);
        } else if (path.equals("/v1/messages")) {
            chat(context, request, ANTHROPIC);
        } else if (path.equals("/v1/models") || path.startsWith("/v1/models/")) {
            models(context, request, path);
        } else {
            refuse(context, request, OPENAI, ApiError.unknownPath());
        }
    }

    private void chat(ChannelHandlerContext context, FullHttpRequest request, Dialect dialect) {
        if (!provider.apiKey().opens(request.headers())) {
            refuse(context, request, dialect, ApiError.unauthorized());
        } else if (!request.method().equals(HttpMethod.POST)) {
            refuse(context, request, dialect, ApiError.wrongMethod());
        } else {
            try {
                chat(context, request, dialect, ChatRequestReader.read(ByteBufUtil.getBytes(request.content())));
            } catch (BadRequestException e) {
                refuse(context, request, dialect, e.error());
            }
        }
    }

    private void chat(ChannelHandlerContext context, FullHttpRequest request, Dialect dialect, ChatRequest chat) {
        Behaviour behaviour = provider.behaviours().next(chat.model());
        if (behaviour == null) {
            refuse(context, request, dialect, ApiError.unknownModel());
            return;
        }
        Fault fault = behaviour.fault();
        Caller caller = Caller.of(request);
        Outlet outlet = outlet(context, caller, fault);
        Answer answer;
        switch (fault.kind()) {
            case REFUSE -> answer = new Silence(outlet::close);
            case STALL -> answer = new Silence(() -> {});
            case STATUS -> {
                String body = dialect.error(
                        ApiError.ofFault(fault.status()), provider.numbers().incrementAndGet());
                answer = new Silence(() -> respond(outlet, new JsonResponse(fault.status(), body)));
            }
            default -> answer = answer(outlet, dialect, chat, behaviour, caller);
        }
        current = answer;
        if (behaviour.firstByte().isZero()) {
            answer.begin();
        } else {
            outlet.later(behaviour.firstByte(), () -> beginIfStillWanted(answer));
        }
    }

    @SuppressWarnings("ReferenceEquality") // the very answer that waited, not one like it
    private void beginIfStillWanted(Answer answer) {
        if (current == answer) {
            answer.begin();
        }
    }

    private Answer answer(Outlet outlet, Dialect dialect, ChatRequest chat, Behaviour behaviour, Caller caller) {
        long number = provider.numbers().incrementAndGet();
        Reply reply = Reply.to(chat, behaviour, number, System.currentTimeMillis() / 1_000);
        Receipt receipt = new Receipt(provider.deliveries(), caller, reply);
        return chat.shape().streams()
                ? new StreamAnswer(outlet, new Frames(dialect, reply), reply, receipt, behaviour.betweenChunks())
                : new JsonAnswer(outlet, dialect, reply, receipt);
    }

    private void models(ChannelHandlerContext context, FullHttpRequest request, String path) {
        if (!provider.apiKey().opens(request.headers())) {
            refuse(context, request, OPENAI, ApiError.unauthorized());
        } else if (!request.method().equals(HttpMethod.GET)) {
            refuse(context, request, OPENAI, ApiError.wrongMethod());
        } else {
            JsonResponse found = provider.models().at(path);
            if (found == null) {
                refuse(context, request, OPENAI, ApiError.unknownModel());
            } else {
                respond(context, request, found);
            }
        }
    }

    private void refuse(ChannelHandlerContext context, FullHttpRequest request, Dialect dialect, ApiError error) {
        String body = dialect.error(error, provider.numbers().incrementAndGet());
        respond(context, request, new JsonResponse(error.status(), body));
    }

    private void respond(ChannelHandlerContext context, FullHttpRequest request, JsonResponse response) {
        respond(outlet(context, Caller.of(request), Fault.NONE), response);
    }

    private void respond(Outlet outlet, JsonResponse response) {
        byte[] body = response.body().getBytes(StandardCharsets.UTF_8);
        ByteBuf out = outlet.buffer(body.length + 512);
        Wire.status(out, response.status());
        Wire.header(out, HttpHeaderNames.CONTENT_TYPE.toString(), Wire.JSON);
        if (response.status() == 429 || response.status() == 503) {
            Wire.header(out, HttpHeaderNames.RETRY_AFTER.toString(), "1");
        }
        outlet.commonHeaders(out, provider.numbers().get());
        Wire.header(out, HttpHeaderNames.CONTENT_LENGTH.toString(), Integer.toString(body.length));
        Wire.endOfHeaders(out);
        var _ = outlet.sendLast(out.writeBytes(body));
    }

    private Outlet outlet(ChannelHandlerContext context, Caller caller, Fault fault) {
        return new Outlet(context.pipeline().context(AiSimulator.CODEC), caller, fault, () -> current = null);
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (current != null && context.channel().isWritable()) {
            current.writable();
        }
        context.fireChannelWritabilityChanged();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (current != null) {
            current.gone();
            current = null;
        }
        context.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (!(cause instanceof IOException)) {
            AiSimulator.LOG.warn("Connection given up", cause);
        }
        var _ = context.close();
    }

    private static String path(String uri) {
        int query = uri.indexOf('?');
        return query < 0 ? uri : uri.substring(0, query);
    }
}
