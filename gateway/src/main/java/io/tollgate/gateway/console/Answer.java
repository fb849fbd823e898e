package io.tollgate.gateway.console;

import io.tollgate.gateway.problem.ProblemAnswer;
import io.tollgate.gateway.topup.TokenCheck;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** Answers with one thing to say: a page for people, a problem for programs. */
final class Answer {

    private static final List<MediaType> JSON = List.of(MediaType.APPLICATION_JSON, MediaType.APPLICATION_PROBLEM_JSON);

    private Answer() {}

    /**
     * What a message page shows.
     *
     * @param back where to go from here, null for nowhere
     */
    public record Message(
            String title, String text, @Nullable String back) {}

    static Mono<ServerResponse> refuse(TokenCheck check, ServerRequest request) {
        return switch (check) {
            case TokenCheck.Valid _ -> throw new IllegalArgumentException("a valid token is no reason to refuse");
            case TokenCheck.Expired _ ->
                refuse(
                        HttpStatus.FORBIDDEN,
                        "link_expired",
                        "This link has expired",
                        "Top-up links work for a short time only. Send the call again that was refused: its answer brings a new link.",
                        request);
            case TokenCheck.Tampered _ ->
                refuse(
                        HttpStatus.FORBIDDEN,
                        "link_invalid",
                        "This link is not valid",
                        "It was changed or cut off on its way. Copy the whole top_up_url from the answer to your call.",
                        request);
        };
    }

    static Mono<ServerResponse> refuse(
            HttpStatus status, String code, String title, String text, ServerRequest request) {
        if (!isForProgram(request)) {
            return page(status, new Message(title, text, null));
        }
        return ProblemAnswer.of(status, code, text);
    }

    static Mono<ServerResponse> page(HttpStatusCode status, Message message) {
        return ServerResponse.status(status).render("console/message", Map.of("message", message));
    }

    static String text(ProblemDetail problem) {
        return Objects.requireNonNullElse(problem.getDetail(), "");
    }

    /** Whether a program asks: one that names JSON and does not name HTML. */
    static boolean isForProgram(ServerRequest request) {
        List<MediaType> accepted = request.headers().accept();
        return accepted.stream().anyMatch(JSON::contains) && !accepted.contains(MediaType.TEXT_HTML);
    }
}
