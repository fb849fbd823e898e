package io.tollgate.billing.subscription;

import io.tollgate.billing.subscription.PlanBook.Booked;
import io.tollgate.billing.subscription.PlanBook.Subject;
import io.tollgate.billing.subscription.StripeInvoice.Reason;
import io.tollgate.billing.subscription.StripeSubscription.Status;
import io.tollgate.billing.topup.Delivery;
import io.tollgate.metering.account.AccountId;
import org.jspecify.annotations.Nullable;
import reactor.core.Exceptions;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/**
 * Brings our book to what Stripe shows of a subscription and its invoices. Webhooks, plan changes and the reconciler may all ask for
 * the same look at once.
 */
public final class Subscriptions {

    private static final int LOOKS_MAX = 5;

    private final PlanTill till;
    private final PlanBook book;
    private final Plans plans;
    private final PlanRules rules;
    private final Pushes pushes;

    public Subscriptions(PlanTill till, PlanBook book, Plans plans, PlanRules rules, Delivery delivery) {
        this.till = till;
        this.book = book;
        this.plans = plans;
        this.rules = rules;
        this.pushes = new Pushes(delivery);
    }

    /** Looks at a subscription and its latest invoice. */
    public Mono<LookResult> look(String subscription) {
        return again(look(subscription, null));
    }

    /** Looks at an invoice and its subscription. */
    public Mono<LookResult> lookAtInvoice(String invoice) {
        return again(till.invoice(invoice).flatMap(this::look).defaultIfEmpty(new LookResult.NotThere()));
    }

    /** Looks at the invoice that a payment was for. */
    public Mono<LookResult> lookAtPayment(String invoicePayment) {
        return till.invoiceOf(invoicePayment).flatMap(this::lookAtInvoice).defaultIfEmpty(new LookResult.NotThere());
    }

    private Mono<LookResult> look(StripeInvoice invoice) {
        String subscription = invoice.subscription();
        return subscription == null
                ? Mono.just(new LookResult.NotOurs())
                : earlier(subscription, invoice).switchIfEmpty(Mono.defer(() -> look(subscription, invoice)));
    }

    // What a change gives depends on what was given before: the earlier invoices come first, whichever is heard of
    // first. Empty
    // unless one of them has to wait.
    private Mono<LookResult> earlier(String subscription, StripeInvoice invoice) {
        return isChange(invoice)
                ? unbooked(invoice.id())
                        .flatMapMany(_ -> till.paidBefore(invoice))
                        .concatMap(this::unbooked)
                        .concatMap(till::invoice)
                        .concatMap(earlier -> again(look(subscription, earlier)))
                        .filter(LookResult.Later.class::isInstance)
                        .next()
                : Mono.empty();
    }

    private Mono<String> unbooked(String invoice) {
        return book.paidAt(invoice).hasElement().filter(booked -> !booked).map(_ -> invoice);
    }

    private static boolean isChange(StripeInvoice invoice) {
        return invoice.isPaid() && invoice.reason() == Reason.SUBSCRIPTION_UPDATE;
    }

    // The version is read before Stripe is asked: if another look has ended meanwhile, this one may be the older.
    private Mono<LookResult> look(String subscription, @Nullable StripeInvoice invoice) {
        return book.version(subscription)
                .flatMap(version -> till.subscription(subscription)
                        .flatMap(seen -> withInvoice(seen, invoice, version))
                        .defaultIfEmpty(new LookResult.NotThere()));
    }

    private Mono<LookResult> withInvoice(StripeSubscription seen, @Nullable StripeInvoice invoice, long version) {
        String latest = seen.latestInvoice();
        return invoice != null || latest == null
                ? write(seen, invoice, version)
                : till.invoice(latest)
                        .flatMap(found -> isChange(found) ? look(found) : write(seen, found, version))
                        .switchIfEmpty(Mono.defer(() -> write(seen, null, version)));
    }

    private Mono<LookResult> write(StripeSubscription seen, @Nullable StripeInvoice invoice, long version) {
        return accountOf(seen)
                .flatMap(account -> termsOf(seen)
                        .flatMap(terms -> write(account, seen, terms, invoice, version))
                        .defaultIfEmpty(new LookResult.Later(
                                "no plan has the price " + seen.item().price())))
                .defaultIfEmpty(new LookResult.NotOurs());
    }

    private Mono<AccountId> accountOf(StripeSubscription seen) {
        AccountId named = seen.account();
        return named != null
                ? Mono.just(named)
                : book.accountOf(seen.id()).switchIfEmpty(book.accountOfCustomer(seen.customer()));
    }

    // Who has a plan keeps its terms, whatever becomes of it in the catalog, until the subscription has another price.
    private Mono<PlanTerms> termsOf(StripeSubscription seen) {
        return book.terms(seen.id(), seen.item().price())
                .map(terms -> terms.withGraceOf(plans.plan(terms.plan())))
                .switchIfEmpty(Mono.fromSupplier(() -> soldAs(seen)));
    }

    // A change of plan reaches the price first; what our checkout wrote may be what was left.
    private @Nullable PlanTerms soldAs(StripeSubscription seen) {
        PlanTerms ofPrice = plans.ofPrice(seen.item().price());
        String ofProduct = seen.item().plan();
        if (ofPrice != null) {
            return ofPrice;
        }
        return ofProduct == null ? planOf(seen.plan()) : planOf(ofProduct);
    }

    private @Nullable PlanTerms planOf(@Nullable String id) {
        return id == null ? null : plans.plan(id);
    }

    private Mono<LookResult> write(
            AccountId account,
            StripeSubscription seen,
            PlanTerms terms,
            @Nullable StripeInvoice invoice,
            long version) {
        Subject subject = new Subject(
                account,
                seen.id(),
                version,
                invoice == null ? null : invoice.id(),
                seen.status() == Status.TRIALING ? seen.card() : null);
        return book.change(subject, present -> rules.looked(present, seen, terms, invoice))
                .flatMap(booked -> booked(booked, account));
    }

    private Mono<LookResult> booked(Booked booked, AccountId account) {
        return switch (booked) {
            case Booked.Stale _ -> Mono.error(new StaleLookException());
            case Booked.Refused(String reason) -> Mono.just(new LookResult.Later(reason));
            case Booked.Written written -> {
                rules.written(written.change(), "stripe");
                yield pushes.all(written.commands()).thenReturn(new LookResult.Looked(account));
            }
        };
    }

    private static Mono<LookResult> again(Mono<LookResult> look) {
        return look.retryWhen(Retry.max(LOOKS_MAX).filter(StaleLookException.class::isInstance))
                .onErrorResume(
                        Exceptions::isRetryExhausted,
                        _ -> Mono.just(new LookResult.Later("others look at it all the time")));
    }

    /** Somebody else looked meanwhile. */
    private static final class StaleLookException extends RuntimeException {

        private static final long serialVersionUID = 1;

        StaleLookException() {
            super("somebody else looked meanwhile", null, false, false);
        }
    }
}
