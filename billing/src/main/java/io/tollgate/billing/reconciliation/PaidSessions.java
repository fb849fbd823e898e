package io.tollgate.billing.reconciliation;

import io.tollgate.billing.reconciliation.BookedSessions.BookedSession;
import io.tollgate.billing.reconciliation.Finding.Kind;
import io.tollgate.billing.reconciliation.SoldSessions.Settlement;
import io.tollgate.billing.reconciliation.SoldSessions.SoldSession;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Sessions that were paid, and what the book gave for them. */
public final class PaidSessions implements Comparison {

    private static final String COMPLETED = "checkout.session.completed";

    /** What a plan gives comes with its invoices, which are compared by themselves. */
    private static final String COMPLETE_PLAN = "COMPLETED";

    private final SoldSessions sold;
    private final BookedSessions booked;

    public PaidSessions(SoldSessions sold, BookedSessions booked) {
        this.sold = sold;
        this.booked = booked;
    }

    @Override
    public String name() {
        return "paid-sessions";
    }

    @Override
    public Mono<Page> look(Period period, @Nullable String place) {
        return sold.page(period, place).flatMap(page -> {
            List<SoldSession> ours =
                    page.objects().stream().filter(PaidSessions::isOursAndPaid).toList();
            return booked.of(ours)
                    .collect(Collectors.toMap(BookedSession::session, Function.identity(), (one, same) -> one))
                    .map(inBook -> Page.of(page, findings(ours, inBook)));
        });
    }

    private static boolean isOursAndPaid(SoldSession session) {
        return session.settlement() != Settlement.UNPAID && (session.reference() != null || session.account() != null);
    }

    private static List<Finding> findings(List<SoldSession> sessions, Map<String, BookedSession> inBook) {
        return sessions.stream()
                .mapMulti((SoldSession session, java.util.function.Consumer<Finding> found) -> {
                    Finding finding = compare(session, inBook.get(session.id()));
                    if (finding != null) {
                        found.accept(finding);
                    }
                })
                .toList();
    }

    static @Nullable Finding compare(SoldSession session, @Nullable BookedSession book) {
        if (book == null || book.order() == null) {
            return Finding.of(Kind.PAYMENT_UNKNOWN, session.id(), "paid for an order that the book does not have")
                    .relatedTo(session.reference())
                    .ofAccount(session.account())
                    .amounting(session.currency(), session.totalMinor(), null);
        }
        if (session.subscription() != null && COMPLETE_PLAN.equals(book.orderState())) {
            return null;
        }
        if (session.subscription() != null || book.paidMinor() == null) {
            return Finding.of(Kind.PAID_NOT_GRANTED, session.id(), "paid, but the order is " + book.orderState())
                    .relatedTo(book.order())
                    .ofAccount(book.account())
                    .amounting(session.currency(), session.totalMinor(), null)
                    .remediedBy(COMPLETED, session.id());
        }
        return book.paidMinor() == session.totalMinor() && session.currency().equals(book.currency())
                ? null
                : Finding.of(Kind.AMOUNT_DIFFERS, session.id(), "booked in " + book.currency())
                        .relatedTo(book.order())
                        .ofAccount(book.account())
                        .amounting(session.currency(), session.totalMinor(), book.paidMinor());
    }
}
