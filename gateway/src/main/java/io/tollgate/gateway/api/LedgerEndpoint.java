package io.tollgate.gateway.api;

import io.tollgate.gateway.problem.ProblemAnswer;
import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.ledger.StatementPlace;
import io.tollgate.metering.ledger.Statements;
import java.util.List;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** The statement of the key's account, newest first: what changed the balance, by how much, and the balance then. */
final class LedgerEndpoint {

    static final int LIMIT_MAX = 500;

    private static final int LIMIT_USUAL = 50;
    private static final MediaType CSV = MediaType.parseMediaType("text/csv;charset=UTF-8");

    private final Statements statements;

    LedgerEndpoint(Statements statements) {
        this.statements = statements;
    }

    Mono<ServerResponse> read(ServerRequest request) {
        AccountId account = KeyHolder.account(request);
        String limitText = request.queryParam("limit").orElse(Integer.toString(LIMIT_USUAL));
        if (!limitText.matches("0*[1-9][0-9]{0,2}") || Integer.parseInt(limitText) > LIMIT_MAX) {
            return invalid("limit has to be a whole number from 1 to " + LIMIT_MAX + ".");
        }
        String cursor = request.queryParam("after").orElse("");
        StatementPlace place = LedgerCursor.parse(account, cursor);
        if (place == null && !cursor.isEmpty()) {
            return invalid("after has to be the next of a page of this account's ledger, or left out.");
        }
        int limit = Integer.parseInt(limitText);
        return statements
                .of(account, place, limit + 1)
                .collectList()
                .map(found -> LedgerPage.of(account, found, limit))
                .flatMap(page -> wantsCsv(request) ? csv(page) : json(account, page));
    }

    private static Mono<ServerResponse> json(AccountId account, LedgerPage page) {
        return answer(page).bodyValue(LedgerBody.of(account, page));
    }

    private static Mono<ServerResponse> csv(LedgerPage page) {
        return answer(page).contentType(CSV).bodyValue(LedgerCsv.of(page.lines()));
    }

    /** Where the next page is, for those whose format has no place for it. */
    private static ServerResponse.BodyBuilder answer(LedgerPage page) {
        ServerResponse.BodyBuilder answer =
                ServerResponse.ok().cacheControl(CacheControl.noStore()).varyBy(HttpHeaders.ACCEPT);
        return page.next() == null
                ? answer
                : answer.header(HttpHeaders.LINK, "</api/ledger?after=" + page.next() + ">; rel=\"next\"");
    }

    /** Whoever names CSV before JSON. */
    private static boolean wantsCsv(ServerRequest request) {
        List<MediaType> accepted = request.headers().accept();
        for (MediaType type : accepted) {
            if (type.includes(MediaType.APPLICATION_JSON)) {
                return false;
            }
            if (type.equalsTypeAndSubtype(CSV)) {
                return true;
            }
        }
        return false;
    }

    private static Mono<ServerResponse> invalid(String message) {
        return ProblemAnswer.of(HttpStatus.BAD_REQUEST, "invalid_request", message);
    }
}
