package io.tollgate.gateway.admin;

import io.tollgate.billing.reconciliation.Findings;
import io.tollgate.billing.reconciliation.RecordedFinding;
import io.tollgate.billing.reconciliation.Repairs;
import io.tollgate.billing.reconciliation.Repairs.RepairResult;
import io.tollgate.gateway.admin.StripeReconciliationBody.FindingBody;
import io.tollgate.gateway.problem.ProblemAnswer;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** What an operator does about a difference from Stripe. Both can be said again without a further effect. */
final class StripeFindingsEndpoint {

    private static final int REASON_MAX = 500;

    private final Findings findings;
    private final Repairs repairs;
    private final Audit audit;

    StripeFindingsEndpoint(Findings findings, Repairs repairs, Audit audit) {
        this.findings = findings;
        this.repairs = repairs;
        this.audit = audit;
    }

    /** Why. */
    record Reason(@Nullable String reason) {
        static final Reason ABSENT = new Reason(null);
    }

    /** Has the event that puts it right handled, which credit comes from only if it is due. */
    Mono<ServerResponse> repair(ServerRequest request) {
        return Inputs.with(request, Reason.class, Reason.ABSENT, body -> {
            long number = Inputs.number("finding", request.pathVariable("finding"));
            String reason = reason(body);
            return repairs.repair(number).flatMap(result -> answer(result, reason));
        });
    }

    /** Says that it is as it should be. */
    Mono<ServerResponse> dismiss(ServerRequest request) {
        return Inputs.with(request, Reason.class, Reason.ABSENT, body -> {
            long number = Inputs.number("finding", request.pathVariable("finding"));
            String reason = reason(body);
            return findings.dismiss(number, reason)
                    .flatMap(dismissed -> audited("dismiss_stripe_finding", dismissed, reason)
                            .then(ServerResponse.ok().bodyValue(FindingBody.of(dismissed))))
                    .switchIfEmpty(Mono.defer(() -> findings.find(number)
                            .flatMap(StripeFindingsEndpoint::notOpen)
                            .switchIfEmpty(Mono.defer(StripeFindingsEndpoint::unknown))));
        });
    }

    private Mono<ServerResponse> answer(RepairResult result, String reason) {
        return switch (result) {
            case RepairResult.Begun(RecordedFinding finding) ->
                audited("repair_stripe_finding", finding, reason)
                        .then(ServerResponse.accepted().bodyValue(FindingBody.of(finding)));
            case RepairResult.NotOpen(RecordedFinding finding) -> notOpen(finding);
            case RepairResult.NoRemedy _ ->
                ProblemAnswer.of(
                        HttpStatus.CONFLICT,
                        "no_remedy",
                        "Nothing can be replayed that would put this right: decide what it is worth, act by refund, grant or"
                                + " clawback, and dismiss it.");
            case RepairResult.EventGone _ ->
                ProblemAnswer.of(
                        HttpStatus.CONFLICT,
                        "event_gone",
                        "Stripe no longer has this event. Begin a reconciliation: what it was about is found by its object.");
            case RepairResult.Unknown _ -> unknown();
        };
    }

    private Mono<Void> audited(String action, RecordedFinding finding, String reason) {
        return audit.record(
                action,
                "stripe_finding:" + finding.number(),
                Map.of(
                        "kind", finding.finding().kind().name().toLowerCase(Locale.ROOT),
                        "object", finding.finding().object(),
                        "reason", reason));
    }

    private static String reason(Reason body) {
        String reason = body.reason() == null ? "" : body.reason().strip();
        if (reason.isEmpty() || reason.length() > REASON_MAX) {
            throw new Inputs.InvalidException("reason has to say why, in 1 to " + REASON_MAX + " characters");
        }
        return reason;
    }

    private static Mono<ServerResponse> notOpen(RecordedFinding finding) {
        return ProblemAnswer.of(
                HttpStatus.CONFLICT,
                "finding_not_open",
                "This finding is " + finding.state().name().toLowerCase(Locale.ROOT) + ".");
    }

    private static Mono<ServerResponse> unknown() {
        return ProblemAnswer.of(HttpStatus.NOT_FOUND, "no_such_finding", "There is no such finding.");
    }
}
