package io.tollgate.billing.subscription;

import io.tollgate.billing.notice.Notice;
import io.tollgate.billing.payment.Payment;
import io.tollgate.billing.subscription.AccountPlan.Month;
import io.tollgate.metering.credit.Credits;
import io.tollgate.metering.grant.Allowance;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A change in the making. */
final class Draft {

    private final List<Notice> notices = new ArrayList<>();
    private final List<String> happened = new ArrayList<>();
    private AccountPlan plan;
    private @Nullable SubscriptionState subscription;
    private @Nullable InvoiceState invoice;
    private @Nullable Allowance allowance;
    private @Nullable String end;
    private @Nullable Payment payment;

    Draft(AccountPlan plan) {
        this.plan = plan;
    }

    AccountPlan plan() {
        return plan;
    }

    void plan(AccountPlan changed) {
        plan = changed;
    }

    void subscription(SubscriptionState state) {
        subscription = state;
    }

    void invoice(InvoiceState state) {
        invoice = state;
    }

    @Nullable
    InvoiceState invoice() {
        return invoice;
    }

    void payment(Payment made) {
        payment = made;
    }

    /**
     * What is given for a month.
     *
     * @param rollover how much of what there is lives on, at most
     */
    record Given(String cause, Credits credits, Credits rollover) {}

    /** Gives the month's allowance, which then lives for {@code tail} beyond its end, and for {@code longest} at the very most. */
    void give(Month month, Credits rollover, SubscriptionSettings settings, PlanTerms terms) {
        give(month, new Given(month.key(), month.credits(), rollover), settings, terms);
    }

    /** The same where less is given than the month's allowance, since some of it was given before. */
    void give(Month month, Given given, SubscriptionSettings settings, PlanTerms terms) {
        Instant livesUntil = month.end().plus(settings.tail(terms.grace()));
        allowance = new Allowance(
                plan.account(),
                given.cause(),
                given.credits(),
                given.rollover(),
                Allowance.DEFAULT_PRIORITY,
                month.end().plus(settings.longestTail(terms.grace())));
        plan = plan.given(month, month.end().isBefore(month.paidUntil()) ? month.end() : null)
                .livingUntil(livesUntil);
        happened.add("allowance_granted");
    }

    boolean gives() {
        return allowance != null;
    }

    /** Ends what is left of the allowance, unless there is none or a new one is being given. */
    void end(String cause) {
        if (plan.livesUntil() != null && allowance == null) {
            end = cause;
        }
        plan = plan.livingUntil(allowance == null ? null : plan.livesUntil()).dueAt(null);
    }

    void tell(Notice notice) {
        notices.add(notice);
    }

    void note(String what) {
        happened.add(what);
    }

    Change change() {
        return new Change(plan, subscription, invoice, allowance, end, payment, notices, happened);
    }
}
