package io.tollgate.billing.subscription;

import io.tollgate.billing.subscription.AccountPlan.Grace;
import java.time.Instant;
import java.util.Comparator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Whose grace holds. */
final class Graces {

    private Graces() {}

    /**
     * That of the first failed period which the allowance waits for. What stays unpaid of earlier periods, or will never be paid, is
     * nothing that a month paid since could be taken away for.
     */
    static @Nullable Grace of(Draft draft, Look look) {
        return failing(draft.invoice(), look)
                .filter(invoice -> PaidPeriods.isLater(draft.plan().month(), look.after(), invoice.periodStart()))
                .min(Comparator.comparing(InvoiceState::periodStart))
                .map(Graces::of)
                .orElse(null);
    }

    private static Stream<InvoiceState> failing(@Nullable InvoiceState written, Look look) {
        Stream<InvoiceState> others = look.present().failing().stream()
                .filter(invoice -> written == null || !invoice.invoice().equals(written.invoice()));
        return Stream.concat(others, Stream.ofNullable(written))
                .filter(InvoiceState::isFailing)
                .filter(invoice -> invoice.graceUntil() != null);
    }

    private static @Nullable Grace of(InvoiceState failing) {
        Instant until = failing.graceUntil();
        return until == null ? null : new Grace(failing.invoice(), until);
    }
}
