package io.tollgate.gateway.api;

import io.tollgate.billing.history.History;
import io.tollgate.billing.history.PaymentLine;
import io.tollgate.gateway.problem.ProblemAnswer;
import io.tollgate.metering.account.AccountId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** What the key's account has paid, newest first, and its invoices. */
final class PaymentsEndpoint {

    static final String PAYMENTS = "/api/payments";
    static final String INVOICES = "/api/invoices";

    private static final int ID_MAX = 255;

    private final History history;

    PaymentsEndpoint(History history) {
        this.history = history;
    }

    private interface Source {
        Mono<List<PaymentLine>> page(AccountId account, @Nullable String before, int limit);
    }

    Mono<ServerResponse> payments(ServerRequest request) {
        return list(request, PAYMENTS, history::payments);
    }

    Mono<ServerResponse> invoices(ServerRequest request) {
        return list(request, INVOICES, history::invoices);
    }

    Mono<ServerResponse> payment(ServerRequest request) {
        String id = request.pathVariable("id");
        return (id.length() > ID_MAX ? Mono.<PaymentLine>empty() : history.payment(KeyHolder.account(request), id))
                .flatMap(line ->
                        ServerResponse.ok().cacheControl(CacheControl.noStore()).bodyValue(PaymentBody.of(line)))
                .switchIfEmpty(Mono.defer(() -> ProblemAnswer.of(
                        HttpStatus.NOT_FOUND, "no_such_payment", "The account has no payment of this id.")));
    }

    private Mono<ServerResponse> list(ServerRequest request, String path, Source source) {
        AccountId account = KeyHolder.account(request);
        int limit = PageRequest.limit(request);
        if (limit == 0) {
            return invalid("limit has to be a whole number from 1 to " + PageRequest.LIMIT_MAX + ".");
        }
        String before =
                request.queryParam("after").filter(text -> !text.isEmpty()).orElse(null);
        if (before == null) {
            return page(request, path, source.page(account, null, limit + 1), limit);
        }
        return (before.length() > ID_MAX ? Mono.just(false) : history.exists(account, before))
                .flatMap(there -> there
                        ? page(request, path, source.page(account, before, limit + 1), limit)
                        : invalid("after has to be the next of a page of this account's payments, or left out."));
    }

    /** {@code found} has one line more than the page if there are more. */
    private static Mono<ServerResponse> page(
            ServerRequest request, String path, Mono<List<PaymentLine>> found, int limit) {
        return found.flatMap(lines -> {
            List<PaymentLine> page = lines.size() > limit ? lines.subList(0, limit) : lines;
            String next = lines.size() > limit ? page.getLast().payment().id() : null;
            ServerResponse.BodyBuilder answer =
                    ServerResponse.ok().cacheControl(CacheControl.noStore()).varyBy(HttpHeaders.ACCEPT);
            if (next != null) {
                answer.header(HttpHeaders.LINK, "<" + path + "?after=" + next + ">; rel=\"next\"");
            }
            return PageRequest.wantsCsv(request)
                    ? answer.contentType(PageRequest.CSV).bodyValue(PaymentCsv.of(page))
                    : answer.bodyValue(PaymentBody.page(KeyHolder.account(request), page, next));
        });
    }

    private static Mono<ServerResponse> invalid(String message) {
        return ProblemAnswer.of(HttpStatus.BAD_REQUEST, "invalid_request", message);
    }
}
