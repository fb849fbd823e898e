package io.tollgate.sandbox.ai;

import static io.tollgate.sandbox.ai.Dialect.ascii;
import static io.tollgate.sandbox.ai.Dialect.number;

import io.netty.buffer.ByteBuf;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Chat completions as OpenAI answers them. */
final class OpenAiDialect implements Dialect {
    private static final ObjectMapper JSON = JsonMapper.shared();

    @Override
    public void json(ByteBuf out, Reply reply) {
        head(out, reply, "chat.completion");
        for (int choice = 0; choice < reply.choices(); choice++) {
            ascii(out, choice == 0 ? "{\"index\":" : ",{\"index\":");
            number(out, choice);
            ascii(out, ",\"message\":{\"role\":\"assistant\",\"content\":\"");
            words(out, reply, choice, 0, reply.length(choice));
            ascii(out, "\",\"refusal\":null},\"logprobs\":null,\"finish_reason\":");
            ascii(out, finishReason(reply, choice));
            out.writeByte('}');
        }
        out.writeByte(']');
        if (!reply.fault().is(Fault.Kind.NO_USAGE)) {
            usage(out, reply);
        }
        if (reply.fault().is(Fault.Kind.USAGE_TWICE)) {
            usage(out, reply);
        }
        out.writeByte('}');
    }

    /** The finish reasons, perhaps the usage, and {@code [DONE]}. */
    @Override
    public int closingFrames(Reply reply) {
        return 2 + usageFrames(reply);
    }

    private static int usageFrames(Reply reply) {
        if (reply.request().shape() != ChatRequest.Shape.STREAM_WITH_USAGE) {
            return 0;
        }
        return switch (reply.fault().kind()) {
            case NO_USAGE -> 0;
            case USAGE_TWICE -> 2;
            default -> 1;
        };
    }

    @Override
    public void opening(ByteBuf out, Reply reply) {
        for (int choice = 0; choice < reply.choices(); choice++) {
            event(out, reply, choice, "{\"role\":\"assistant\",\"content\":\"\",\"refusal\":null}", "null");
        }
    }

    @Override
    public void step(ByteBuf out, Reply reply, int step) {
        int from = reply.from(step);
        for (int choice = 0; choice < reply.choices(); choice++) {
            int to = reply.to(step, choice);
            if (from < to) {
                delta(out, reply, choice);
                ascii(out, "{\"content\":\"");
                words(out, reply, choice, from, to);
                ascii(out, "\"}");
                afterDelta(out, reply, "null");
            }
        }
    }

    @Override
    public void closing(ByteBuf out, Reply reply, int frame) {
        if (frame == 0) {
            for (int choice = 0; choice < reply.choices(); choice++) {
                event(out, reply, choice, "{}", finishReason(reply, choice));
            }
        } else if (frame == closingFrames(reply) - 1) {
            ascii(out, "data: [DONE]\n\n");
        } else {
            ascii(out, "data: ");
            head(out, reply, "chat.completion.chunk");
            out.writeByte(']');
            usage(out, reply);
            ascii(out, "}\n\n");
        }
    }

    @Override
    public String error(ApiError error, long number) {
        ObjectNode root = JSON.createObjectNode();
        root.putObject("error")
                .put("message", error.message())
                .put("type", type(error.status()))
                .put("param", error.param())
                .put("code", error.code());
        return root.toString();
    }

    private static String type(int status) {
        return switch (status) {
            case 429 -> "rate_limit_error";
            case 500, 502, 503, 504 -> "server_error";
            default -> "invalid_request_error";
        };
    }

    private static void head(ByteBuf out, Reply reply, String object) {
        ascii(out, "{\"id\":\"chatcmpl-sim");
        number(out, reply.number());
        ascii(out, "\",\"object\":\"");
        ascii(out, object);
        ascii(out, "\",\"created\":");
        number(out, reply.createdAt());
        ascii(out, ",\"model\":\"");
        ascii(out, reply.request().model());
        ascii(out, "\",\"service_tier\":\"default\",\"system_fingerprint\":\"fp_sim\",\"choices\":[");
    }

    private static void event(ByteBuf out, Reply reply, int choice, String delta, String finishReason) {
        delta(out, reply, choice);
        ascii(out, delta);
        afterDelta(out, reply, finishReason);
    }

    private static void delta(ByteBuf out, Reply reply, int choice) {
        ascii(out, "data: ");
        head(out, reply, "chat.completion.chunk");
        ascii(out, "{\"index\":");
        number(out, choice);
        ascii(out, ",\"delta\":");
    }

    private static void afterDelta(ByteBuf out, Reply reply, String finishReason) {
        ascii(out, ",\"logprobs\":null,\"finish_reason\":");
        ascii(out, finishReason);
        boolean announcesUsage = reply.request().shape() == ChatRequest.Shape.STREAM_WITH_USAGE;
        ascii(out, announcesUsage ? "}],\"usage\":null}\n\n" : "}]}\n\n");
    }

    private static void words(ByteBuf out, Reply reply, int choice, int from, int to) {
        long seed = reply.seed(choice);
        for (int position = from; position < to; position++) {
            Words.write(out, seed, position);
        }
    }

    private static String finishReason(Reply reply, int choice) {
        return reply.cappedAt(choice) ? "\"length\"" : "\"stop\"";
    }

    private static void usage(ByteBuf out, Reply reply) {
        boolean zero = reply.fault().is(Fault.Kind.ZERO_USAGE);
        int prompt = zero ? 0 : reply.request().promptTokens();
        int completion = zero ? 0 : reply.completionTokens();
        ascii(out, ",\"usage\":{\"prompt_tokens\":");
        number(out, prompt);
        ascii(out, ",\"completion_tokens\":");
        number(out, completion);
        ascii(out, ",\"total_tokens\":");
        number(out, (long) prompt + completion);
        ascii(
                out,
                ",\"prompt_tokens_details\":{\"cached_tokens\":0,\"audio_tokens\":0},\"completion_tokens_details\":"
                        + "{\"reasoning_tokens\":0,\"audio_tokens\":0,\"accepted_prediction_tokens\":0,"
                        + "\"rejected_prediction_tokens\":0}}");
    }
}
