package io.tollgate.gateway.admin;

import io.tollgate.gateway.admin.Inputs.InvalidException;
import io.tollgate.gateway.problem.ProblemAnswer;
import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.usage.Quarantine;
import io.tollgate.metering.usage.Quarantine.Decision;
import io.tollgate.metering.usage.Quarantine.Place;
import io.tollgate.metering.usage.Quarantine.Resolution;
import io.tollgate.metering.usage.QuarantineDesk;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** What could not be booked: the operator looks at it and decides. An account stays frozen until it is thawed. */
final class QuarantineEndpoint {

    private static final int REASON_MAX = 500;

    private final Quarantine quarantine;
    private final QuarantineDesk desk;
    private final Audit audit;
    private final int pageMax;

    QuarantineEndpoint(Quarantine quarantine, QuarantineDesk desk, Audit audit, int pageMax) {
        this.quarantine = quarantine;
        this.desk = desk;
        this.audit = audit;
        this.pageMax = pageMax;
    }

    /** What is to be done, and why. */
    record Ruling(@Nullable String decision, @Nullable String reason) {
        static final Ruling ABSENT = new Ruling(null, null);
    }

    Mono<ServerResponse> waiting(ServerRequest request) {
        return Inputs.answering(Mono.defer(() -> {
            int limit = Inputs.limit(request, pageMax);
            String after = request.queryParam("after").orElse("");
            return quarantine
                    .waiting(after.isEmpty() ? null : place("after", after), limit)
                    .collectList()
                    .flatMap(page -> ServerResponse.ok().bodyValue(QuarantineBody.of(page, limit)));
        }));
    }

    /** Decides about all that an account has there. */
    Mono<ServerResponse> resolve(ServerRequest request) {
        return Inputs.with(request, Ruling.class, Ruling.ABSENT, ruling -> {
            AccountId account = Inputs.account(request);
            Decision decision = decision(ruling);
            String reason = reason(ruling);
            return desk.resolve(account, decision, reason)
                    .flatMap(resolution -> answer("account:" + account, decision, reason, resolution));
        });
    }

    /** Discards an entry that belongs to no account. */
    Mono<ServerResponse> discard(ServerRequest request) {
        return Inputs.with(request, Ruling.class, Ruling.ABSENT, ruling -> {
            Place place = place("place", request.pathVariable("place"));
            if (decision(ruling) != Decision.DISCARD) {
                throw new InvalidException("decision has to be \"discard\": an entry of no account cannot be booked");
            }
            String reason = reason(ruling);
            return quarantine
                    .discard(place, reason)
                    .flatMap(resolution -> answer("quarantine:" + place, Decision.DISCARD, reason, resolution));
        });
    }

    private Mono<ServerResponse> answer(String subject, Decision decision, String reason, Resolution resolution) {
        return switch (resolution) {
            case Resolution.Resolved(long entries) ->
                audit.record("resolve_quarantine", subject, Map.of("decision", word(decision), "reason", reason))
                        .then(ServerResponse.ok().bodyValue(Map.of("decision", word(decision), "entries", entries)));
            case Resolution.NothingThere _ ->
                ProblemAnswer.of(HttpStatus.NOT_FOUND, "nothing_in_quarantine", "Nothing of it waits for a decision.");
            case Resolution.Unbookable(Place place, String why) ->
                ProblemAnswer.of(
                        HttpStatus.CONFLICT,
                        "cannot_be_booked",
                        "Nothing has changed: the entry " + place + " cannot be booked: " + why);
        };
    }

    private static Decision decision(Ruling ruling) {
        return switch (ruling.decision()) {
            case "book" -> Decision.BOOK;
            case "discard" -> Decision.DISCARD;
            case null, default -> throw new InvalidException("decision has to be \"book\" or \"discard\"");
        };
    }

    private static String reason(Ruling ruling) {
        String reason = ruling.reason() == null ? "" : ruling.reason().strip();
        if (reason.isEmpty() || reason.length() > REASON_MAX || reason.indexOf('\0') >= 0) {
            throw new InvalidException("reason is required: 1 to " + REASON_MAX + " characters");
        }
        return reason;
    }

    private static Place place(String name, String text) {
        try {
            return Place.parse(text);
        } catch (IllegalArgumentException e) {
            throw new InvalidException(name + " has to be a place such as 7@3-12");
        }
    }

    private static String word(Decision decision) {
        return decision.name().toLowerCase(Locale.ROOT);
    }
}
