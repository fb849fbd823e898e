package io.tollgate.billing.reconciliation;

import io.tollgate.billing.reconciliation.BookedPlans.BookedInvoice;
import io.tollgate.billing.reconciliation.Finding.Kind;
import io.tollgate.billing.reconciliation.SoldPlans.PaidInvoice;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Invoices of our subscriptions that were paid, and whether the book has the payment. */
public final class PaidInvoices implements Comparison {

    private static final String EVENT = "invoice.paid";

    private final SoldPlans sold;
    private final BookedPlans booked;

    public PaidInvoices(SoldPlans sold, BookedPlans booked) {
        this.sold = sold;
        this.booked = booked;
    }

    @Override
    public String name() {
        return "paid-invoices";
    }

    @Override
    public Mono<Page> look(Period period, @Nullable String place) {
        return sold.paidInvoices(period, place).flatMap(page -> {
            Map<String, PaidInvoice> byId =
                    page.objects().stream().collect(Collectors.toMap(PaidInvoice::id, it -> it, (one, same) -> one));
            return booked.invoices(page.objects())
                    .mapNotNull(book -> compare(byId.get(book.id()), book))
                    .collectList()
                    .map(findings -> Page.of(page, findings));
        });
    }

    static @Nullable Finding compare(@Nullable PaidInvoice invoice, BookedInvoice book) {
        if (invoice == null || (invoice.account() == null && book.account() == null)) {
            return null;
        }
        String account = book.account() == null ? invoice.account() : book.account();
        if (book.paidMinor() == null) {
            // Nothing to pay makes no payment: it is enough that the book knows of it.
            return book.paid() == BookedPlans.Settled.YES && invoice.minor() == 0
                    ? null
                    : Finding.of(Kind.INVOICE_NOT_BOOKED, invoice.id(), "paid at Stripe")
                            .relatedTo(invoice.subscription())
                            .ofAccount(account)
                            .amounting(invoice.currency(), invoice.minor(), null)
                            .remediedBy(EVENT, invoice.id());
        }
        return book.paidMinor() == invoice.minor() && invoice.currency().equals(book.currency())
                ? null
                : Finding.of(Kind.AMOUNT_DIFFERS, invoice.id(), "booked in " + book.currency())
                        .relatedTo(invoice.subscription())
                        .ofAccount(account)
                        .amounting(invoice.currency(), invoice.minor(), book.paidMinor());
    }
}
