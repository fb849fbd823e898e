package io.tollgate.sandbox.ai;

import static io.tollgate.sandbox.ai.Dialect.ascii;
import static io.tollgate.sandbox.ai.Dialect.number;

import io.netty.buffer.ByteBuf;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Messages as Anthropic answers them: one choice, usage always, input tokens first and output tokens last. */
final class AnthropicDialect implements Dialect {
    private static final ObjectMapper JSON = JsonMapper.shared();
    private static final int ONLY = 0;

    @Override
    public void json(ByteBuf out, Reply reply) {
        head(out, reply);
        ascii(out, ",\"content\":[{\"type\":\"text\",\"text\":\"");
        words(out, reply, 0, reply.length(ONLY));
        ascii(out, "\"}],\"stop_reason\":");
        ascii(out, stopReason(reply));
        ascii(out, ",\"stop_sequence\":null");
        usage(out, reply, reply.completionTokens());
        if (reply.fault().is(Fault.Kind.USAGE_TWICE)) {
            usage(out, reply, reply.completionTokens());
        }
        out.writeByte('}');
    }

    /** The end of the text, the delta that carries usage, and the end of the message. */
    @Override
    public int closingFrames(Reply reply) {
        return reply.fault().is(Fault.Kind.USAGE_TWICE) ? 4 : 3;
    }

    @Override
    public void opening(ByteBuf out, Reply reply) {
        ascii(out, "event: message_start\ndata: {\"type\":\"message_start\",\"message\":");
        head(out, reply);
        ascii(out, ",\"content\":[],\"stop_reason\":null,\"stop_sequence\":null");
        usage(out, reply, 1);
        ascii(
                out,
                "}}\n\nevent: content_block_start\ndata: {\"type\":\"content_block_start\",\"index\":0,"
                        + "\"content_block\":{\"type\":\"text\",\"text\":\"\"}}\n\n"
                        + "event: ping\ndata: {\"type\":\"ping\"}\n\n");
    }

    @Override
    public void step(ByteBuf out, Reply reply, int step) {
        ascii(
                out,
                "event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":0,"
                        + "\"delta\":{\"type\":\"text_delta\",\"text\":\"");
        words(out, reply, reply.from(step), reply.to(step, ONLY));
        ascii(out, "\"}}\n\n");
    }

    @Override
    public void closing(ByteBuf out, Reply reply, int frame) {
        if (frame == 0) {
            ascii(out, "event: content_block_stop\ndata: {\"type\":\"content_block_stop\",\"index\":0}\n\n");
        } else if (frame == closingFrames(reply) - 1) {
            ascii(out, "event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n");
        } else {
            ascii(out, "event: message_delta\ndata: {\"type\":\"message_delta\",\"delta\":{\"stop_reason\":");
            ascii(out, stopReason(reply));
            ascii(out, ",\"stop_sequence\":null}");
            usage(out, reply, reply.completionTokens());
            ascii(out, "}\n\n");
        }
    }

    @Override
    public String error(ApiError error, long number) {
        ObjectNode root = JSON.createObjectNode().put("type", "error");
        root.putObject("error").put("type", type(error.status())).put("message", error.message());
        return root.put("request_id", "req_sim" + number).toString();
    }

    private static String type(int status) {
        return switch (status) {
            case 401 -> "authentication_error";
            case 403 -> "permission_error";
            case 404 -> "not_found_error";
            case 413 -> "request_too_large";
            case 429 -> "rate_limit_error";
            case 529 -> "overloaded_error";
            default -> status < 500 ? "invalid_request_error" : "api_error";
        };
    }

    private static void head(ByteBuf out, Reply reply) {
        ascii(out, "{\"id\":\"msg_sim");
        number(out, reply.number());
        ascii(out, "\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"");
        ascii(out, reply.request().model());
        out.writeByte('"');
    }

    private static void words(ByteBuf out, Reply reply, int from, int to) {
        for (int position = from; position < to; position++) {
            Words.write(out, reply.seed(ONLY), position);
        }
    }

    private static String stopReason(Reply reply) {
        return reply.cappedAt(ONLY) ? "\"max_tokens\"" : "\"end_turn\"";
    }

    private static void usage(ByteBuf out, Reply reply, int outputTokens) {
        if (reply.fault().is(Fault.Kind.NO_USAGE)) {
            return;
        }
        boolean zero = reply.fault().is(Fault.Kind.ZERO_USAGE);
        ascii(out, ",\"usage\":{\"input_tokens\":");
        number(out, zero ? 0 : reply.request().promptTokens());
        ascii(out, ",\"cache_creation_input_tokens\":0,\"cache_read_input_tokens\":0,\"output_tokens\":");
        number(out, zero ? 0 : outputTokens);
        out.writeByte('}');
    }
}
