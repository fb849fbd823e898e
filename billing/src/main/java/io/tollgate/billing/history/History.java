package io.tollgate.billing.history;

import io.tollgate.billing.history.PaymentLines.GrantPayment;
import io.tollgate.billing.history.PaymentLines.Which;
import io.tollgate.metering.account.AccountId;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** An account's payments and papers. Everything but links that are missing or old is there while Stripe is away. */
public final class History {

    private static final Logger LOG = LoggerFactory.getLogger(History.class);

    private final PaymentLines lines;
    private final PapersAtStripe stripe;
    private final HistorySettings settings;
    private final InstantSource clock;

    public History(PaymentLines lines, PapersAtStripe stripe, HistorySettings settings, InstantSource clock) {
        this.lines = lines;
        this.stripe = stripe;
        this.settings = settings;
        this.clock = clock;
    }

    /** Newest first, with the links as they are known: Stripe is not asked. */
    public Mono<List<PaymentLine>> payments(AccountId account, @Nullable String before, int limit) {
        return lines.of(account, Which.ALL, before, limit).collectList();
    }

    /** Payments with an invoice, newest first, with links to them. */
    public Mono<List<PaymentLine>> invoices(AccountId account, @Nullable String before, int limit) {
        return lines.of(account, Which.WITH_INVOICE, before, limit)
                .collectList()
                .flatMap(this::withPapers);
    }

    /** With its links; empty if the account has no such payment. */
    public Mono<PaymentLine> payment(AccountId account, String id) {
        return lines.find(account, id).flatMap(line -> isOld(line) ? fetched(line) : Mono.just(line));
    }

    public Mono<Boolean> exists(AccountId account, String id) {
        return lines.find(account, id).hasElement();
    }

    /** Payments by the number of the grant they brought; grants that nobody paid for are not in it. */
    public Mono<Map<Long, String>> paymentsOf(AccountId account, Collection<Long> grants) {
        return grants.isEmpty()
                ? Mono.just(Map.of())
                : lines.ofGrants(account, grants).collectMap(GrantPayment::grant, GrantPayment::payment);
    }

    private Mono<List<PaymentLine>> withPapers(List<PaymentLine> page) {
        return Mono.defer(() -> {
            AtomicInteger left = new AtomicInteger(settings.fetchesMax());
            return Flux.fromIterable(page)
                    .flatMapSequential(
                            line -> isOld(line) && left.getAndDecrement() > 0 ? fetched(line) : Mono.just(line),
                            settings.concurrency())
                    .collectList();
        });
    }

    private boolean isOld(PaymentLine line) {
        return line.papers().fetchedAt() == null
                || line.papers().fetchedAt().plus(settings.linksLive()).isBefore(clock.instant());
    }

    private Mono<PaymentLine> fetched(PaymentLine line) {
        return stripe.of(line.payment())
                .flatMap(papers -> lines.keep(line.payment().id(), papers).thenReturn(line.with(papers)))
                .timeout(settings.patience())
                .onErrorResume(failure -> {
                    LOG.atWarn()
                            .addKeyValue("payment", line.payment().id())
                            .addKeyValue("reason", failure)
                            .log("papers_unavailable");
                    return Mono.just(line);
                });
    }
}
