package io.tollgate.gateway.api;

import io.tollgate.billing.history.History;
import io.tollgate.gateway.problem.ProblemAnswer;
import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.ledger.StatementPlace;
import io.tollgate.metering.ledger.Statements;
import java.util.Map;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** The statement of the key's account, newest first: what changed the balance, by how much, and the balance then. */
final class LedgerEndpoint {

    private final Statements statements;
    private final History history;

    LedgerEndpoint(Statements statements, History history) {
        this.statements = statements;
        this.history = history;
    }

    Mono<ServerResponse> read(ServerRequest request) {
        AccountId account = KeyHolder.account(request);
        int limit = PageRequest.limit(request);
        if (limit == 0) {
            return invalid("limit has to be a whole number from 1 to " + PageRequest.LIMIT_MAX + ".");
        }
        String cursor = request.queryParam("after").orElse("");
        StatementPlace place = LedgerCursor.parse(account, cursor);
        if (place == null && !cursor.isEmpty()) {
            return invalid("after has to be the next of a page of this account's ledger, or left out.");
        }
        return statements
                .of(account, place, limit + 1)
                .collectList()
                .map(found -> LedgerPage.of(account, found, limit))
                .flatMap(page -> history.paymentsOf(account, LedgerPayments.grants(page.lines()))
                        .flatMap(payments ->
                                PageRequest.wantsCsv(request) ? csv(page, payments) : json(account, page, payments)));
    }

    private static Mono<ServerResponse> json(AccountId account, LedgerPage page, Map<Long, String> payments) {
        return answer(page).bodyValue(LedgerBody.of(account, page, payments));
    }

    private static Mono<ServerResponse> csv(LedgerPage page, Map<Long, String> payments) {
        return answer(page).contentType(PageRequest.CSV).bodyValue(LedgerCsv.of(page.lines(), payments));
    }

    /** Where the next page is, for those whose format has no place for it. */
    private static ServerResponse.BodyBuilder answer(LedgerPage page) {
        ServerResponse.BodyBuilder answer =
                ServerResponse.ok().cacheControl(CacheControl.noStore()).varyBy(HttpHeaders.ACCEPT);
        return page.next() == null
                ? answer
                : answer.header(HttpHeaders.LINK, "</api/ledger?after=" + page.next() + ">; rel=\"next\"");
    }

    private static Mono<ServerResponse> invalid(String message) {
        return ProblemAnswer.of(HttpStatus.BAD_REQUEST, "invalid_request", message);
    }
}
