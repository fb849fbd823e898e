package io.tollgate.gateway.api;

import io.tollgate.billing.catalog.Interval;
import io.tollgate.billing.planchange.ChangeResult;
import io.tollgate.billing.planchange.PlanChanges;
import io.tollgate.billing.planchange.Preview;
import io.tollgate.billing.planchange.Refusal;
import io.tollgate.billing.planchange.Stamp;
import io.tollgate.billing.planchange.Wish;
import io.tollgate.gateway.problem.ProblemAnswer;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** The way to another plan, for programs: first what it would come to, then the change for just that. */
final class PlanChangeEndpoint {

    private static final Set<String> INTERVALS =
            Arrays.stream(Interval.values()).map(Interval::word).collect(Collectors.toUnmodifiableSet());

    private final PlanChanges changes;

    PlanChangeEndpoint(PlanChanges changes) {
        this.changes = changes;
    }

    /**
     * A plan.
     *
     * @param interval month or year; null for the one that is paid by now
     * @param preview of the preview that is confirmed; null to take the change for what it comes to
     */
    record Body(
            @Nullable String plan,
            @Nullable String interval,
            @Nullable String preview) {

        boolean hasClearInterval() {
            return interval == null || INTERVALS.contains(interval.toLowerCase(Locale.ROOT));
        }
    }

    Mono<ServerResponse> preview(ServerRequest request) {
        return with(request, (_, wish) -> changes.preview(KeyHolder.account(request), wish));
    }

    Mono<ServerResponse> change(ServerRequest request) {
        return with(request, (body, wish) -> {
            String preview = body.preview();
            Stamp stamp = preview == null ? null : Stamp.read(preview);
            return preview != null && stamp == null
                    ? Mono.empty()
                    : changes.change(KeyHolder.account(request), wish, stamp);
        });
    }

    private static Mono<ServerResponse> with(ServerRequest request, BiFunction<Body, Wish, Mono<ChangeResult>> what) {
        return request.bodyToMono(Body.class)
                .flatMap(body -> with(body, what))
                .switchIfEmpty(Mono.defer(() -> ProblemAnswer.of(PlanProblems.noPlanNamed())));
    }

    private static Mono<ServerResponse> with(Body body, BiFunction<Body, Wish, Mono<ChangeResult>> what) {
        String plan = body.plan();
        if (plan == null || plan.isBlank()) {
            return ProblemAnswer.of(PlanProblems.noPlanNamed());
        }
        if (!body.hasClearInterval()) {
            return ProblemAnswer.of(PlanProblems.invalid("interval", "month or year"));
        }
        Interval interval = body.interval() == null ? null : Interval.of(body.interval());
        return what.apply(body, new Wish(plan, interval))
                .flatMap(PlanChangeEndpoint::answer)
                .switchIfEmpty(Mono.defer(() ->
                        ProblemAnswer.of(PlanProblems.invalid("preview", "what the preview has answered as preview"))));
    }

    private static Mono<ServerResponse> answer(ChangeResult result) {
        return switch (result) {
            case ChangeResult.Previewed(Preview preview) -> ok("previewed", preview);
            case ChangeResult.Made(Preview preview) -> ok("made", preview);
            case ChangeResult.Scheduled(Preview preview) -> ok("scheduled", preview);
            case ChangeResult.Kept _ -> ok(Map.of("outcome", "kept"));
            case ChangeResult.PaymentWanted(var reason, var url) ->
                ProblemAnswer.of(PlanProblems.paymentWanted(reason, url));
            case ChangeResult.Undecided _ -> ProblemAnswer.of(PlanProblems.undecided());
            case ChangeResult.Refused(Refusal refusal) -> ProblemAnswer.of(PlanProblems.of(refusal));
        };
    }

    private static Mono<ServerResponse> ok(String outcome, Preview preview) {
        return ok(PlanChangeBody.of(outcome, preview));
    }

    private static Mono<ServerResponse> ok(Object body) {
        return ServerResponse.ok().cacheControl(CacheControl.noStore()).bodyValue(body);
    }
}
