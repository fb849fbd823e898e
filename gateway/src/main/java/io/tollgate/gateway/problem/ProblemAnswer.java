package io.tollgate.gateway.problem;

import java.util.Map;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** RFC 9457 problems as answers of the functional endpoints. */
public final class ProblemAnswer {

    /** The member that says after how many seconds to come again; it goes out as the header Retry-After, too. */
    public static final String RETRY_AFTER = "retry_after_seconds";

    private ProblemAnswer() {}

    /** With {@code code} as the member that programs look at. */
    public static ProblemDetail problem(HttpStatus status, String code, String detail) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, detail);
        problem.setProperty("code", code);
        return problem;
    }

    public static Mono<ServerResponse> of(HttpStatus status, String code, String detail) {
        return of(problem(status, code, detail));
    }

    public static Mono<ServerResponse> of(ProblemDetail problem) {
        return ServerResponse.status(problem.getStatus())
                .headers(headers -> retryAfter(problem, headers))
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .bodyValue(problem);
    }

    /** Sets the header Retry-After where the problem says when. */
    public static void retryAfter(ProblemDetail problem, HttpHeaders headers) {
        Map<String, Object> members = problem.getProperties();
        if (members != null && members.get(RETRY_AFTER) instanceof Integer seconds) {
            headers.set(HttpHeaders.RETRY_AFTER, seconds.toString());
        }
    }

    /** 401, which has to name the scheme. */
    public static Mono<ServerResponse> unauthorized(String code, String detail) {
        return ServerResponse.status(HttpStatus.UNAUTHORIZED)
                .header(HttpHeaders.WWW_AUTHENTICATE, "Bearer")
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .bodyValue(problem(HttpStatus.UNAUTHORIZED, code, detail));
    }
}
