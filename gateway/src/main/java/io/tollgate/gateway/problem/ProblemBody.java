package io.tollgate.gateway.problem;

import java.io.ByteArrayOutputStream;
import org.springframework.http.HttpStatus;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** A problem as bytes. */
public final class ProblemBody {

    private static final JsonFactory JSON = new JsonFactory();

    private ProblemBody() {}

    /** OpenAI's shape; further facts stand beside {@code code}. */
    public static byte[] openAi(Problem problem) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), bytes)) {
            json.writeStartObject();
            json.writeName("error");
            json.writeStartObject();
            json.writeStringProperty("message", problem.message());
            json.writeStringProperty("type", openAiType(problem.status()));
            json.writeName("param");
            json.writeString(problem.param());
            json.writeStringProperty("code", problem.code());
            problem.facts().forEach(json::writeStringProperty);
            json.writeEndObject();
            json.writeEndObject();
        }
        return bytes.toByteArray();
    }

    /** RFC 9457, with the members of {@link ProblemAnswer}. */
    public static byte[] rfc9457(Problem problem) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), bytes)) {
            json.writeStartObject();
            json.writeStringProperty("detail", problem.message());
            json.writeNumberProperty("status", problem.status());
            json.writeStringProperty("title", title(problem.status()));
            json.writeStringProperty("code", problem.code());
            problem.facts().forEach(json::writeStringProperty);
            json.writeEndObject();
        }
        return bytes.toByteArray();
    }

    /** A problem of no type of its own is titled like its status. */
    private static String title(int status) {
        HttpStatus known = HttpStatus.resolve(status);
        return known == null ? Integer.toString(status) : known.getReasonPhrase();
    }

    private static String openAiType(int status) {
        return switch (status) {
            case 401 -> "authentication_error";
            case 402 -> "insufficient_quota";
            case 403 -> "permission_error";
            case 429 -> "rate_limit_error";
            default -> status >= 500 ? "server_error" : "invalid_request_error";
        };
    }
}
