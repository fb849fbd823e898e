package io.tollgate.billing.subscription.postgres;

import io.r2dbc.spi.Parameter;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.R2dbcType;
import io.tollgate.billing.subscription.AccountPlan;
import io.tollgate.billing.subscription.AccountPlan.Grace;
import io.tollgate.billing.subscription.AccountPlan.Month;
import io.tollgate.billing.subscription.InvoiceState;
import io.tollgate.billing.subscription.PlanTerms;
import io.tollgate.billing.subscription.SubscriptionState;
import io.tollgate.billing.subscription.SubscriptionState.PendingChange;
import io.tollgate.metering.credit.Credits;
import io.tollgate.metering.postgres.Sql;
import java.time.Instant;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import reactor.core.publisher.Mono;

/** Rows of plans, written as they are to be. */
final class PlanWrites {

    private static final String SUBSCRIPTION = Sql.beside(PlanWrites.class, "write_subscription");
    private static final String INVOICE = Sql.beside(PlanWrites.class, "write_invoice");
    private static final String PLAN = Sql.beside(PlanWrites.class, "write_plan");

    private final DatabaseClient database;

    PlanWrites(DatabaseClient database) {
        this.database = database;
    }

    /** Fails if the subscription is another account's. */
    Mono<Void> subscription(@Nullable SubscriptionState state) {
        return state == null
                ? Mono.empty()
                : bound(state)
                        .fetch()
                        .rowsUpdated()
                        .filter(rows -> rows == 1)
                        .switchIfEmpty(Mono.error(
                                () -> new IllegalStateException(state.id() + " is another account's subscription")))
                        .then();
    }

    Mono<Void> invoice(@Nullable InvoiceState state) {
        return state == null
                ? Mono.empty()
                : database.sql(INVOICE)
                        .bind("invoice", state.invoice())
                        .bind("subscription", state.subscription())
                        .bind("periodStart", state.periodStart())
                        .bind("failedAt", time(state.failedAt()))
                        .bind("graceUntil", time(state.graceUntil()))
                        .bind("paidAt", time(state.paidAt()))
                        .bind("closedAt", time(state.closedAt()))
                        .bind("hostedUrl", text(state.hostedUrl()))
                        .then();
    }

    Mono<Void> plan(AccountPlan plan) {
        Month month = plan.month();
        Grace grace = plan.grace();
        return database.sql(PLAN)
                .bind("account", plan.account().value())
                .bind("subscription", text(plan.subscription()))
                .bind("freePlan", text(plan.freePlan()))
                .bind("key", text(of(month, Month::key)))
                .bind("credits", credits(of(month, Month::credits)))
                .bind("worth", credits(of(month, Month::worth)))
                .bind("monthStart", time(of(month, Month::start)))
                .bind("monthEnd", time(of(month, Month::end)))
                .bind("paidUntil", time(of(month, Month::paidUntil)))
                .bind("nextAt", time(plan.nextAt()))
                .bind("livesUntil", time(plan.livesUntil()))
                .bind("graceInvoice", text(of(grace, Grace::invoice)))
                .bind("graceUntil", time(of(grace, Grace::until)))
                .bind("freeSince", time(plan.freeSince()))
                .bind("trial", text(plan.trial()))
                .then();
    }

    private GenericExecuteSpec bound(SubscriptionState state) {
        PlanTerms terms = state.terms();
        PendingChange pending = state.pending();
        return database.sql(SUBSCRIPTION)
                .bind("id", state.id())
                .bind("account", state.account().value())
                .bind("status", state.status().name())
                .bind("plan", terms.plan())
                .bind("planName", terms.name())
                .bind("allowance", terms.allowance().micros())
                .bind("trial", terms.trialAllowance().micros())
                .bind("rollover", terms.rollover().micros())
                .bind("grace", terms.grace().toSeconds())
                .bind("interval", state.item().interval().name())
                .bind("item", state.item().id())
                .bind("price", state.item().price())
                .bind("anchor", state.anchor())
                .bind("periodStart", state.item().periodStart())
                .bind("periodEnd", state.item().periodEnd())
                .bind("trialEnd", time(state.trialEnd()))
                .bind("cancelAt", time(state.cancelAt()))
                .bind("pausedAs", text(state.pausedAs()))
                .bind("resumesAt", time(state.resumesAt()))
                .bind("latestInvoice", text(state.latestInvoice()))
                .bind("startedAt", state.startedAt())
                .bind("endedAt", time(state.endedAt()))
                .bind("pendingPlan", text(of(pending, PendingChange::plan)))
                .bind(
                        "pendingInterval",
                        text(pending == null ? null : pending.interval().name()))
                .bind("pendingAt", time(of(pending, PendingChange::at)));
    }

    private static <T, P> @Nullable P of(@Nullable T whole, Function<T, P> part) {
        return whole == null ? null : part.apply(whole);
    }

    private static Parameter credits(@Nullable Credits credits) {
        return credits == null ? Parameters.in(R2dbcType.BIGINT) : Parameters.in(credits.micros());
    }

    private static Parameter text(@Nullable String text) {
        return text == null ? Parameters.in(R2dbcType.VARCHAR) : Parameters.in(text);
    }

    private static Parameter time(@Nullable Instant time) {
        return time == null ? Parameters.in(R2dbcType.TIMESTAMP_WITH_TIME_ZONE) : Parameters.in(time);
    }
}
