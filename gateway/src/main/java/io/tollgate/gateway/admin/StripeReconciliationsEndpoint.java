package io.tollgate.gateway.admin;

import io.tollgate.billing.reconciliation.Findings;
import io.tollgate.billing.reconciliation.RecordedFinding;
import io.tollgate.billing.reconciliation.RunRequests;
import io.tollgate.billing.reconciliation.StripeRun;
import io.tollgate.billing.reconciliation.StripeRuns;
import io.tollgate.billing.reconciliation.StripeRuns.StartResult;
import io.tollgate.gateway.admin.StripeReconciliationBody.FindingBody;
import io.tollgate.gateway.problem.ProblemAnswer;
import java.net.URI;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** Runs that compare the book with Stripe, and what they found. */
final class StripeReconciliationsEndpoint {

    private static final String PATH = "/admin/api/stripe-reconciliations/";

    private final RunRequests requests;
    private final StripeRuns runs;
    private final Findings findings;
    private final Audit audit;
    private final int pageMax;

    StripeReconciliationsEndpoint(RunRequests requests, StripeRuns runs, Findings findings, Audit audit, int pageMax) {
        this.requests = requests;
        this.runs = runs;
        this.findings = findings;
        this.audit = audit;
        this.pageMax = pageMax;
    }

    /** Which stretch of Stripe's time to look at; both may be absent. */
    record Wanted(@Nullable String from, @Nullable String until) {
        static final Wanted ABSENT = new Wanted(null, null);
    }

    /** Begins a run; a gateway takes it up within moments. */
    Mono<ServerResponse> start(ServerRequest request) {
        return Inputs.with(
                request,
                Wanted.class,
                Wanted.ABSENT,
                wanted -> requests.start(instant("from", wanted.from()), instant("until", wanted.until()))
                        .onErrorMap(
                                IllegalArgumentException.class,
                                invalid -> new Inputs.InvalidException(String.valueOf(invalid.getMessage())))
                        .flatMap(this::answer));
    }

    /** A run with a page of what it has found so far. */
    Mono<ServerResponse> read(ServerRequest request) {
        return Inputs.answering(Mono.defer(() -> {
            long id = Inputs.number("id", request.pathVariable("id"));
            long after = Inputs.number("after", request.queryParam("after").orElse("0"));
            int limit = Inputs.limit(request, pageMax);
            return runs.find(id)
                    .flatMap(run -> findings.of(id, after, limit)
                            .collectList()
                            .map(found -> new StripeReconciliationBody.Detail(
                                    StripeReconciliationBody.of(run), bodies(found), next(found, limit))))
                    .flatMap(body -> ServerResponse.ok().bodyValue(body))
                    .switchIfEmpty(Mono.defer(() -> ProblemAnswer.of(
                            HttpStatus.NOT_FOUND, "no_such_reconciliation", "There is no such reconciliation.")));
        }));
    }

    Mono<ServerResponse> list(ServerRequest request) {
        return Inputs.answering(Mono.defer(() -> {
            int limit = Inputs.limit(request, pageMax);
            return runs.all(Inputs.before(request), limit)
                    .map(StripeReconciliationBody::of)
                    .collectList()
                    .flatMap(page -> ServerResponse.ok()
                            .bodyValue(new StripeReconciliationBody.Page(
                                    page, page.size() == limit ? page.getLast().id() : null)));
        }));
    }

    /** What is to be looked after, whichever run found it. */
    Mono<ServerResponse> open(ServerRequest request) {
        return Inputs.answering(Mono.defer(() -> {
            int limit = Inputs.limit(request, pageMax);
            return findings.open(Inputs.before(request), limit)
                    .collectList()
                    .flatMap(found -> ServerResponse.ok()
                            .bodyValue(new StripeReconciliationBody.FindingsPage(bodies(found), next(found, limit))));
        }));
    }

    private Mono<ServerResponse> answer(StartResult result) {
        return switch (result) {
            case StartResult.Started(StripeRun run) ->
                audit.record(
                                "reconcile_with_stripe",
                                "stripe_reconciliation:" + run.id(),
                                Map.of(
                                        "from", run.period().from().toString(),
                                        "until", run.period().until().toString()))
                        .then(ServerResponse.accepted()
                                .location(URI.create(PATH + run.id()))
                                .bodyValue(Map.of("id", run.id())));
            case StartResult.StillRunning(StripeRun run) -> ProblemAnswer.of(stillRunning(run));
        };
    }

    private static @Nullable Instant instant(String field, @Nullable String text) {
        try {
            return text == null ? null : Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new Inputs.InvalidException(field + " has to be a time such as 2026-01-31T12:00:00Z");
        }
    }

    private static List<FindingBody> bodies(List<RecordedFinding> found) {
        return found.stream().map(FindingBody::of).toList();
    }

    private static @Nullable Long next(List<RecordedFinding> found, int limit) {
        return found.size() == limit ? found.getLast().number() : null;
    }

    private static ProblemDetail stillRunning(StripeRun run) {
        ProblemDetail problem = ProblemAnswer.problem(
                HttpStatus.CONFLICT,
                "reconciliation_running",
                "Another reconciliation with Stripe is not through yet.");
        problem.setProperty("id", run.id());
        return problem;
    }
}
