package io.tollgate.billing.autotopup;

import io.tollgate.billing.autotopup.AutoTopUpBook.Failure;
import io.tollgate.billing.autotopup.AutoTopUpBook.GrantResult;
import io.tollgate.billing.autotopup.CardCharges.ChargeResult;
import io.tollgate.billing.checkout.StripeUnavailableException;
import io.tollgate.billing.checkout.StripeUnavailableException.Effect;
import io.tollgate.billing.topup.Delivery;
import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.command.IssuedCommand;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * Charges saved cards. An attempt is a row before Stripe hears of it; its outcome is whatever Stripe says its payment intent is, and
 * the request that made it, the webhooks and the loop race to write that down, so that their number and order make no difference.
 */
public final class AutoTopUps {

    private static final Logger LOG = LoggerFactory.getLogger(AutoTopUps.class);
    private static final String CANCELED = "canceled";

    private final AutoTopUpBook book;
    private final CardCharges cards;
    private final Guards guards;
    private final Delivery delivery;
    private final AutoTopUpMetrics metrics;
    private final AutoTopUpSettings settings;
    private final InstantSource clock;

    public AutoTopUps(
            AutoTopUpBook book,
            CardCharges cards,
            Guards guards,
            Delivery delivery,
            AutoTopUpMetrics metrics,
            AutoTopUpSettings settings,
            InstantSource clock) {
        this.book = book;
        this.cards = cards;
        this.guards = guards;
        this.delivery = delivery;
        this.metrics = metrics;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Charges the account's card if it is wanted and may be. Empty if the account never asked for it. What Stripe leaves open is not an
     * error: the loop asks again.
     */
    public Mono<Decision> begin(AccountId account, Trigger trigger) {
        return book.begin(account, clock.instant(), standing -> guards.decide(standing, trigger, clock.instant()))
                .delayUntil(decision -> switch (decision) {
                    case Decision.Start(Attempt attempt) -> {
                        metrics.started(attempt);
                        yield charge(attempt);
                    }
                    case Decision.Skip(Decision.Reason reason) -> skipped(account, reason);
                });
    }

    private Mono<Void> skipped(AccountId account, Decision.Reason reason) {
        metrics.skipped(reason);
        return reason == Decision.Reason.CAP_REACHED ? book.tellOfCap(account, clock.instant()) : Mono.empty();
    }

    private Mono<Void> charge(Attempt attempt) {
        return cards.charge(attempt)
                .flatMap(result -> switch (result) {
                    case ChargeResult.Answered(Intent intent) -> conclude(attempt, intent);
                    case ChargeResult.Refused(String code) ->
                        fail(attempt, new Failure(AttemptState.DECLINED, null, code, clock.instant()));
                })
                .onErrorResume(StripeUnavailableException.class, failure -> unanswered(attempt, failure));
    }

    private Mono<Void> unanswered(Attempt attempt, StripeUnavailableException failure) {
        metrics.unanswered(attempt, failure);
        return book.moveTo(
                attempt, failure.effect() == Effect.FAILED ? AttemptState.FAULTED : AttemptState.UNANSWERED, null);
    }

    /** Asks Stripe what has become of an open attempt. Signals {@link StripeUnavailableException}. */
    Mono<Void> resume(Attempt attempt) {
        String paymentIntent = attempt.paymentIntent();
        if (paymentIntent == null) {
            return cards.of(attempt)
                    .map(intent -> conclude(attempt, intent))
                    .defaultIfEmpty(Mono.defer(() -> chargeAgain(attempt)))
                    .flatMap(work -> work);
        }
        boolean over =
                attempt.state() != AttemptState.WITHHELD && !attempt.expiresAt().isAfter(clock.instant());
        return (over ? cards.cancel(attempt, paymentIntent) : cards.find(paymentIntent))
                .flatMap(intent -> conclude(attempt, intent));
    }

    // The same request again, while Stripe is sure to remember the first; unless it would only repeat its own failure,
    // or nobody
    // wants it any more.
    private Mono<Void> chargeAgain(Attempt attempt) {
        boolean late = attempt.startedAt().plus(settings.giveUpAfter()).isBefore(clock.instant());
        return book.standing(attempt.account(), clock.instant()).flatMap(standing -> {
            AutoTopUp wish = standing.wish();
            boolean wanted = standing.active() && wish != null && wish.enabled();
            if (late || !wanted) {
                metrics.abandoned(attempt);
                return book.abandon(attempt);
            }
            return attempt.state() == AttemptState.FAULTED ? Mono.empty() : charge(attempt);
        });
    }

    /** Writes down what Stripe says of the attempt's payment intent. */
    Mono<Void> conclude(Attempt attempt, Intent intent) {
        return switch (intent.status()) {
            case SUCCEEDED -> grant(attempt, intent);
            case PROCESSING -> open(attempt, book.moveTo(attempt, AttemptState.PROCESSING, intent));
            case ACTION_REQUIRED -> open(attempt, awaitConfirmation(attempt, intent));
            case DECLINED_UNCONFIRMED -> open(attempt, unconfirmed(attempt, intent));
            case DECLINED -> open(attempt, fail(attempt, failure(AttemptState.DECLINED, intent)));
            case CANCELED -> open(attempt, fail(attempt, failure(AttemptState.EXPIRED, intent)));
        };
    }

    // What was closed is opened again by nothing but a payment.
    private static Mono<Void> open(Attempt attempt, Mono<Void> work) {
        return attempt.state().isOpen() ? work : Mono.empty();
    }

    private Failure failure(AttemptState as, Intent intent) {
        String reason = intent.reason();
        return new Failure(as, intent.id(), reason == null ? CANCELED : reason, clock.instant());
    }

    private Mono<Void> awaitConfirmation(Attempt attempt, Intent intent) {
        return book.awaitConfirmation(attempt, intent)
                .doOnNext(first -> {
                    if (first) {
                        metrics.actionRequired(attempt);
                    }
                })
                .then();
    }

    // Once: who was asked and declined all the same is not asked again.
    private Mono<Void> unconfirmed(Attempt attempt, Intent intent) {
        return attempt.state() == AttemptState.ACTION_REQUIRED
                ? fail(attempt, failure(AttemptState.DECLINED, intent))
                : book.moveTo(attempt, attempt.state(), intent)
                        .then(cards.await(attempt, intent))
                        .flatMap(asked -> asked.status() == Intent.Status.DECLINED_UNCONFIRMED
                                ? fail(attempt, failure(AttemptState.DECLINED, asked))
                                : conclude(attempt, asked));
    }

    private Mono<Void> fail(Attempt attempt, Failure failure) {
        return book.fail(attempt, failure)
                .doOnNext(failed -> metrics.failed(attempt, failure, failed))
                .then();
    }

    private Mono<Void> grant(Attempt attempt, Intent intent) {
        return book.grant(attempt, intent).flatMap(result -> switch (result) {
            case GrantResult.Granted(IssuedCommand command) -> {
                metrics.granted(attempt, intent);
                yield push(command);
            }
            case GrantResult.GrantedBefore _ -> Mono.empty();
            case GrantResult.Withheld(String reason) -> {
                metrics.withheld(attempt, reason);
                yield Mono.empty();
            }
        });
    }

    // The credit is booked and its command issued: whatever happens to this push, the courier sees to it.
    private Mono<Void> push(IssuedCommand command) {
        return delivery.push(command).onErrorResume(failure -> {
            LOG.atWarn()
                    .setCause(failure)
                    .addKeyValue("account", command.account())
                    .addKeyValue("command", command.number())
                    .log("topup_push_failed");
            return Mono.empty();
        });
    }
}
