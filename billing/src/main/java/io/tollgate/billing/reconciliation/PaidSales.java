package io.tollgate.billing.reconciliation;

import io.tollgate.billing.reconciliation.BookedSales.BookedSale;
import io.tollgate.billing.reconciliation.Finding.Kind;
import io.tollgate.billing.reconciliation.Sales.Sale;
import io.tollgate.billing.reconciliation.Sales.Settlement;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** What was paid in checkout sessions, or with saved cards, and what the book gave for it. */
public final class PaidSales implements Comparison {

    /** How it was paid. */
    public enum Way {
        CHECKOUT("paid-sessions", "checkout.session.completed"),
        SAVED_CARD("paid-intents", "payment_intent.succeeded");

        private final String label;
        private final String event;

        Way(String label, String event) {
            this.label = label;
            this.event = event;
        }
    }

    /** What a plan gives comes with its invoices, which are compared by themselves. */
    private static final String COMPLETE_PLAN = "COMPLETED";

    private final Way way;
    private final Sales sold;
    private final BookedSales booked;

    public PaidSales(Way way, Sales sold, BookedSales booked) {
        this.way = way;
        this.sold = sold;
        this.booked = booked;
    }

    @Override
    public String name() {
        return way.label;
    }

    @Override
    public Mono<Page> look(Period period, @Nullable String place) {
        return sold.page(period, place).flatMap(page -> {
            List<Sale> ours =
                    page.objects().stream().filter(PaidSales::isOursAndPaid).toList();
            return booked.of(ours)
                    .collect(Collectors.toMap(BookedSale::id, Function.identity(), (one, same) -> one))
                    .map(inBook -> Page.of(page, findings(ours, inBook)));
        });
    }

    private static boolean isOursAndPaid(Sale sale) {
        return sale.settlement() != Settlement.UNPAID && (sale.reference() != null || sale.account() != null);
    }

    private List<Finding> findings(List<Sale> sales, Map<String, BookedSale> inBook) {
        return sales.stream()
                .mapMulti((Sale sale, Consumer<Finding> found) -> {
                    Finding finding = compare(sale, inBook.get(sale.id()));
                    if (finding != null) {
                        found.accept(finding);
                    }
                })
                .toList();
    }

    private @Nullable Finding compare(Sale sale, @Nullable BookedSale book) {
        if (book == null || book.order() == null) {
            return Finding.of(Kind.PAYMENT_UNKNOWN, sale.id(), "paid for an order that the book does not have")
                    .relatedTo(sale.reference())
                    .ofAccount(sale.account())
                    .amounting(sale.currency(), sale.totalMinor(), null);
        }
        if (sale.subscription() != null && COMPLETE_PLAN.equals(book.orderState())) {
            return null;
        }
        if (sale.subscription() != null || book.paidMinor() == null) {
            return Finding.of(Kind.PAID_NOT_GRANTED, sale.id(), "paid, but the order is " + book.orderState())
                    .relatedTo(book.order())
                    .ofAccount(book.account())
                    .amounting(sale.currency(), sale.totalMinor(), null)
                    .remediedBy(way.event, sale.id());
        }
        return book.paidMinor() == sale.totalMinor() && sale.currency().equals(book.currency())
                ? null
                : Finding.of(Kind.AMOUNT_DIFFERS, sale.id(), "booked in " + book.currency())
                        .relatedTo(book.order())
                        .ofAccount(book.account())
                        .amounting(sale.currency(), sale.totalMinor(), book.paidMinor());
    }
}
