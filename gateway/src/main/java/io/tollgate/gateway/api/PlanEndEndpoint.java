package io.tollgate.gateway.api;

import io.tollgate.billing.planchange.PlanEnds;
import io.tollgate.billing.planchange.PortalDesk;
import io.tollgate.billing.planchange.PortalDesk.Entry;
import io.tollgate.billing.planchange.Refusal;
import io.tollgate.billing.planchange.StandResult;
import io.tollgate.billing.subscription.PlanStanding;
import io.tollgate.gateway.problem.ProblemAnswer;
import io.tollgate.gateway.topup.TopUpLinks;
import io.tollgate.metering.account.AccountId;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/** Ends, keeps, pauses and resumes the plan of the key's account, and lets its owner into Stripe's portal. */
final class PlanEndEndpoint {

    private final PlanEnds ends;
    private final PortalDesk portal;
    private final TopUpLinks links;
    private final SubscriptionEndpoint standing;

    PlanEndEndpoint(PlanEnds ends, PortalDesk portal, TopUpLinks links, SubscriptionEndpoint standing) {
        this.ends = ends;
        this.portal = portal;
        this.links = links;
        this.standing = standing;
    }

    /** When the plan is to end: now or period_end; null for period_end. */
    record CancelBody(@Nullable String when) {}

    /** When it is to go on by itself, as RFC 3339 has it; null to wait until told. */
    @JsonNaming(SnakeCaseStrategy.class)
    record PauseBody(@Nullable String resumesAt) {}

    Mono<ServerResponse> cancel(ServerRequest request) {
        AccountId account = KeyHolder.account(request);
        return request.bodyToMono(CancelBody.class)
                .defaultIfEmpty(new CancelBody(null))
                .flatMap(body -> switch (body.when()) {
                    case "now" -> ends.endNow(account).flatMap(result -> answer(account, result));
                    case "period_end" -> atPeriodEnd(account);
                    case null -> atPeriodEnd(account);
                    default -> ProblemAnswer.of(PlanProblems.invalid("when", "now or period_end"));
                });
    }

    private Mono<ServerResponse> atPeriodEnd(AccountId account) {
        return ends.endAtPeriodEnd(account).flatMap(result -> answer(account, result));
    }

    Mono<ServerResponse> reactivate(ServerRequest request) {
        AccountId account = KeyHolder.account(request);
        return ends.keep(account).flatMap(result -> answer(account, result));
    }

    Mono<ServerResponse> pause(ServerRequest request) {
        AccountId account = KeyHolder.account(request);
        return request.bodyToMono(PauseBody.class)
                .defaultIfEmpty(new PauseBody(null))
                .flatMap(body -> pause(account, body));
    }

    private Mono<ServerResponse> pause(AccountId account, PauseBody body) {
        try {
            String text = body.resumesAt();
            Instant resumesAt = text == null ? null : OffsetDateTime.parse(text).toInstant();
            return ends.pause(account, resumesAt).flatMap(result -> answer(account, result));
        } catch (DateTimeParseException noTime) {
            return ProblemAnswer.of(PlanProblems.invalid("resumes_at", "a time like 2027-01-31T00:00:00Z"));
        }
    }

    Mono<ServerResponse> resume(ServerRequest request) {
        AccountId account = KeyHolder.account(request);
        return ends.resume(account).flatMap(result -> answer(account, result));
    }

    Mono<ServerResponse> openPortal(ServerRequest request) {
        AccountId account = KeyHolder.account(request);
        return portal.open(account, links.forAccount(account)).flatMap(entry -> switch (entry) {
            case Entry.Open(String url) -> ServerResponse.ok().bodyValue(Map.of("url", url));
            case Entry.Refused(Refusal refusal) -> ProblemAnswer.of(PlanProblems.of(refusal));
        });
    }

    private Mono<ServerResponse> answer(AccountId account, StandResult result) {
        return switch (result) {
            case StandResult.Done(PlanStanding stands) -> standing.answer(account, stands);
            case StandResult.Refused(Refusal refusal) -> ProblemAnswer.of(PlanProblems.of(refusal));
        };
    }
}
