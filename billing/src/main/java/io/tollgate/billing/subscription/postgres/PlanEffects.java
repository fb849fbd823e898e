package io.tollgate.billing.subscription.postgres;

import io.tollgate.billing.notice.Notice;
import io.tollgate.billing.notice.Notices;
import io.tollgate.billing.payment.Payment;
import io.tollgate.billing.payment.Payments;
import io.tollgate.billing.subscription.Change;
import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.command.IssuedCommand;
import io.tollgate.metering.grant.Allowance;
import io.tollgate.metering.grant.Allowances;
import io.tollgate.metering.grant.Allowances.EndResult;
import io.tollgate.metering.grant.Allowances.ReplaceResult;
import io.tollgate.metering.ledger.Ledger;
import io.tollgate.metering.ledger.LedgerAccount;
import io.tollgate.metering.ledger.LedgerTransaction;
import io.tollgate.metering.ledger.Money;
import io.tollgate.metering.ledger.Postings;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What a change does beside its own rows: allowance, payment and its ledger transaction, notices. */
final class PlanEffects {

    private final Allowances allowances;
    private final Payments payments;
    private final Ledger ledger;
    private final Notices notices;

    PlanEffects(Allowances allowances, Payments payments, Ledger ledger, Notices notices) {
        this.allowances = allowances;
        this.payments = payments;
        this.ledger = ledger;
        this.notices = notices;
    }

    /**
     * What was done.
     *
     * @param grant the number of what was given; null if nothing was
     * @param refused why nothing was given; null if it was, or there was nothing to give
     */
    record Done(
            List<IssuedCommand> commands,
            @Nullable Long grant,
            @Nullable String refused) {

        static Done nothing() {
            return new Done(List.of(), null, null);
        }

        static Done refused(String why) {
            return new Done(List.of(), null, why);
        }
    }

    /** Gives or ends the allowance. */
    Mono<Done> allow(Change change) {
        Allowance allowance = change.allowance();
        if (allowance != null) {
            return allowances.replace(allowance).map(PlanEffects::given);
        }
        String end = change.end();
        return end == null
                ? Mono.just(Done.nothing())
                : allowances.end(change.plan().account(), end).map(PlanEffects::ended);
    }

    /** Writes down the payment, which gave {@code grant}, unless that was done before; and posts the notices. */
    Mono<Void> record(Change change, @Nullable Long grant) {
        return pay(change.payment(), grant).then(tell(change.notices()));
    }

    private Mono<Void> pay(@Nullable Payment payment, @Nullable Long grant) {
        return payment == null
                ? Mono.empty()
                : payments.add(with(payment, grant)).flatMap(added -> added ? book(payment) : Mono.empty());
    }

    private Mono<Void> tell(List<Notice> all) {
        return Flux.fromIterable(all).concatMap(notices::post).then();
    }

    // A period is earned when it is paid: its allowance is given beside it, not bought.
    private Mono<Void> book(Payment payment) {
        Money paid = payment.paid();
        if (paid.minor() == 0) {
            return Mono.empty();
        }
        Postings postings = new Postings()
                .move(
                        LedgerAccount.revenue(paid.currency()),
                        LedgerAccount.stripeClearing(paid.currency()),
                        paid.currency(),
                        paid.minor());
        return ledger.book(List.of(transaction(payment.account(), payment.id(), postings)));
    }

    private static LedgerTransaction transaction(AccountId account, String payment, Postings postings) {
        return new LedgerTransaction(
                LedgerTransaction.Kind.PLAN_PAYMENT, "payment:" + payment, account, postings.entries());
    }

    private static Done given(ReplaceResult result) {
        return switch (result) {
            case ReplaceResult.Replaced(long grant, IssuedCommand command) -> new Done(List.of(command), grant, null);
            case ReplaceResult.ReplacedBefore(long grant) -> new Done(List.of(), grant, null);
            case ReplaceResult.Conflict(String field, String before) ->
                Done.refused("it was given before, with " + field + " " + before);
            case ReplaceResult.Invalid(String field, String allowed) -> Done.refused(field + " has to be " + allowed);
            case ReplaceResult.BeyondBound _ -> Done.refused("the account would hold more than credit can be");
            case ReplaceResult.NoSuchAccount(AccountId account) -> Done.refused("there is no account " + account);
        };
    }

    private static Done ended(EndResult result) {
        return switch (result) {
            case EndResult.Ended(IssuedCommand command) -> new Done(List.of(command), null, null);
            case EndResult.NothingLeft _, EndResult.EndedBefore _ -> Done.nothing();
            case EndResult.Conflict(String field, String before) ->
                Done.refused("it was ended before, with " + field + " " + before);
            case EndResult.Invalid(String field, String allowed) -> Done.refused(field + " has to be " + allowed);
            case EndResult.NoSuchAccount(AccountId account) -> Done.refused("there is no account " + account);
        };
    }

    private static Payment with(Payment payment, @Nullable Long grant) {
        return new Payment(
                payment.id(),
                payment.account(),
                payment.kind(),
                payment.title(),
                payment.paid(),
                payment.credits(),
                payment.paymentIntent(),
                payment.invoice(),
                payment.session(),
                grant == null ? payment.grant() : grant,
                payment.paidAt());
    }
}
