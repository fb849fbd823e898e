package io.tollgate.gateway.admin;

import io.tollgate.gateway.admin.ReconciliationBody.DriftBody;
import io.tollgate.gateway.problem.ProblemAnswer;
import io.tollgate.metering.reconciliation.DriftRecord;
import io.tollgate.metering.reconciliation.RecordedDrift;
import io.tollgate.metering.reconciliation.Run;
import io.tollgate.metering.reconciliation.Runs;
import io.tollgate.metering.reconciliation.Runs.StartResult;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** Runs that compare the stores, and the drift that was found by them and in between. */
final class ReconciliationsEndpoint {

    private static final String PATH = "/admin/api/reconciliations/";

    private final Runs runs;
    private final DriftRecord drifts;
    private final Audit audit;
    private final int pageMax;

    ReconciliationsEndpoint(Runs runs, DriftRecord drifts, Audit audit, int pageMax) {
        this.runs = runs;
        this.drifts = drifts;
        this.audit = audit;
        this.pageMax = pageMax;
    }

    /** Begins a run; a gateway takes it up within moments. */
    Mono<ServerResponse> start(ServerRequest request) {
        return runs.start().flatMap(result -> switch (result) {
            case StartResult.Started(Run run) ->
                audit.record("reconcile", "reconciliation:" + run.id(), Map.of())
                        .then(ServerResponse.accepted()
                                .location(URI.create(PATH + run.id()))
                                .bodyValue(Map.of("id", run.id())));
            case StartResult.StillRunning(Run run) -> ProblemAnswer.of(stillRunning(run));
        });
    }

    /** A run with a page of what it has found so far. */
    Mono<ServerResponse> read(ServerRequest request) {
        return Inputs.answering(Mono.defer(() -> {
            long id = Inputs.number("id", request.pathVariable("id"));
            long after = Inputs.number("after", request.queryParam("after").orElse("0"));
            int limit = Inputs.limit(request, pageMax);
            return runs.find(id)
                    .flatMap(run -> drifts.of(id, after, limit)
                            .collectList()
                            .map(found -> new ReconciliationBody.Detail(
                                    ReconciliationBody.of(run), drifts(found), next(found, limit))))
                    .flatMap(body -> ServerResponse.ok().bodyValue(body))
                    .switchIfEmpty(Mono.defer(() -> ProblemAnswer.of(
                            HttpStatus.NOT_FOUND, "no_such_reconciliation", "There is no such reconciliation.")));
        }));
    }

    Mono<ServerResponse> list(ServerRequest request) {
        return Inputs.answering(Mono.defer(() -> {
            int limit = Inputs.limit(request, pageMax);
            return runs.all(Inputs.before(request), limit)
                    .map(ReconciliationBody::of)
                    .collectList()
                    .flatMap(page -> ServerResponse.ok()
                            .bodyValue(new ReconciliationBody.Page(
                                    page, page.size() == limit ? page.getLast().id() : null)));
        }));
    }

    /** All drift on record, that of the continuous look among it. */
    Mono<ServerResponse> drift(ServerRequest request) {
        return Inputs.answering(Mono.defer(() -> {
            int limit = Inputs.limit(request, pageMax);
            return drifts.all(Inputs.before(request), limit)
                    .collectList()
                    .flatMap(found -> ServerResponse.ok()
                            .bodyValue(new ReconciliationBody.Drifts(drifts(found), next(found, limit))));
        }));
    }

    private static List<DriftBody> drifts(List<RecordedDrift> found) {
        return found.stream().map(DriftBody::of).toList();
    }

    private static @Nullable Long next(List<RecordedDrift> found, int limit) {
        return found.size() == limit ? found.getLast().number() : null;
    }

    private static ProblemDetail stillRunning(Run run) {
        ProblemDetail problem = ProblemAnswer.problem(
                HttpStatus.CONFLICT, "reconciliation_running", "Another reconciliation is not through yet.");
        problem.setProperty("id", run.id());
        return problem;
    }
}
