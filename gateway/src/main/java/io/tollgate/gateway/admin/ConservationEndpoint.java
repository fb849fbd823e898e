package io.tollgate.gateway.admin;

import io.tollgate.gateway.admin.BookFigures.Figures;
import io.tollgate.gateway.admin.ConservationBody.AccountFigures;
import io.tollgate.gateway.admin.ConservationBody.ChargeBody;
import io.tollgate.gateway.admin.ConservationBody.Charges;
import io.tollgate.gateway.admin.Inputs.InvalidException;
import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.account.LiveAccounts;
import io.tollgate.metering.ledger.Books;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The figures by which granted = posted + spent + expired + clawed back is checked, from both stores side by side. All amounts in
 * micro-credits.
 */
final class ConservationEndpoint {

    private static final int READS_AT_ONCE = 32;

    private final BookFigures book;
    private final Books ledger;
    private final LiveAccounts live;
    private final int pageMax;

    ConservationEndpoint(BookFigures book, Books ledger, LiveAccounts live, int pageMax) {
        this.book = book;
        this.ledger = ledger;
        this.live = live;
        this.pageMax = pageMax;
    }

    /** Of the accounts named, or of a page of all. */
    Mono<ServerResponse> compare(ServerRequest request) {
        return Inputs.answering(Mono.defer(() -> {
            List<String> named = request.queryParams().getOrDefault("account", List.of());
            if (named.size() > pageMax) {
                throw new InvalidException("at most " + pageMax + " accounts at once");
            }
            int limit = Inputs.limit(request, pageMax);
            Flux<Figures> booked = named.isEmpty()
                    ? book.page(request.queryParam("after").orElse(""), limit)
                    : book.of(named.stream().map(Inputs::account).toList());
            return booked.flatMapSequential(this::withLive, READS_AT_ONCE)
                    .collectList()
                    .zipWith(ledger.totals(), (accounts, books) -> {
                        boolean more = named.isEmpty() && accounts.size() == limit;
                        return new ConservationBody(
                                accounts, books, more ? accounts.getLast().account() : null);
                    })
                    .flatMap(answer -> ServerResponse.ok().bodyValue(answer));
        }));
    }

    /** Booked usage of one account. */
    Mono<ServerResponse> charges(ServerRequest request) {
        return Inputs.answering(Mono.defer(() -> {
            AccountId account = Inputs.account(request.queryParam("account").orElse(""));
            int limit = Inputs.limit(request, pageMax);
            return book.charges(account, after(request), limit)
                    .map(ChargeBody::of)
                    .collectList()
                    .flatMap(charges -> ServerResponse.ok()
                            .bodyValue(new Charges(
                                    charges,
                                    charges.size() == limit ? charges.getLast().requestId() : null)));
        }));
    }

    private Mono<AccountFigures> withLive(Figures booked) {
        return live.read(booked.account())
                .map(Optional::of)
                .defaultIfEmpty(Optional.empty())
                .map(snapshot -> AccountFigures.of(booked, snapshot));
    }

    private static @Nullable UUID after(ServerRequest request) {
        String after = request.queryParam("after").orElse("");
        try {
            return after.isEmpty() ? null : UUID.fromString(after);
        } catch (IllegalArgumentException e) {
            throw new InvalidException("after has to be a request id");
        }
    }
}
