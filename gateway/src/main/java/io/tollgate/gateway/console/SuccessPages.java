package io.tollgate.gateway.console;

import io.tollgate.billing.checkout.StripeUnavailableException;
import io.tollgate.billing.topup.AskedBy;
import io.tollgate.billing.topup.FulfilResult;
import io.tollgate.billing.topup.TopUpStatus;
import io.tollgate.billing.topup.TopUps;
import io.tollgate.gateway.balance.Positions;
import io.tollgate.gateway.console.PaymentStatus.Look;
import io.tollgate.gateway.topup.TokenCheck;
import io.tollgate.gateway.topup.TokenCheck.Valid;
import io.tollgate.gateway.topup.TopUpLinks;
import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.account.AccountSnapshot;
import io.tollgate.metering.command.Commands;
import io.tollgate.metering.credit.Credits;
import io.tollgate.metering.store.StoreUnavailableException;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/**
 * Where Stripe sends a payer back to. Opening it fulfils the payment if the webhook has not, any number of times; a session is
 * shown only under a token of the account that it was opened for.
 */
final class SuccessPages {

    private static final int WAITING_COMMANDS_MAX = 100;

    private final TopUpLinks links;
    private final TopUps topUps;
    private final Commands commands;
    private final Positions positions;

    SuccessPages(TopUpLinks links, TopUps topUps, Commands commands, Positions positions) {
        this.links = links;
        this.topUps = topUps;
        this.commands = commands;
        this.positions = positions;
    }

    Mono<ServerResponse> page(ServerRequest request) {
        return answer(request, "console/success");
    }

    /** The part of the page that changes. */
    Mono<ServerResponse> fragment(ServerRequest request) {
        return answer(request, "console/status :: status");
    }

    private Mono<ServerResponse> answer(ServerRequest request, String view) {
        TokenCheck check = links.checkOrder(request.pathVariable("token"));
        if (!(check instanceof Valid valid)) {
            return Answer.refuse(check, request);
        }
        String sessionId = request.queryParam("session_id").orElse("");
        Look look = Look.of(sessionId, request.queryParam("look").orElse("0"));
        return topUps.status(sessionId)
                .filter(topUp -> topUp.account().equals(valid.account()))
                .flatMap(topUp -> status(topUp, look))
                .flatMap(status -> ServerResponse.ok().render(view, Map.of("status", status)))
                .switchIfEmpty(Mono.defer(() -> Answer.refuse(
                        HttpStatus.NOT_FOUND,
                        "no_such_payment",
                        "No such payment",
                        "This address belongs to no payment that was started here.",
                        request)));
    }

    private Mono<PaymentStatus> status(TopUpStatus topUp, Look look) {
        return topUps.fulfil(look.sessionId(), AskedBy.SUCCESS_PAGE)
                .flatMap(result -> switch (result) {
                    case FulfilResult.Granted _, FulfilResult.GrantedBefore _ -> granted(topUp, look);
                    case FulfilResult.PlanBegun _ -> planBegun(topUp);
                    case FulfilResult.AwaitingPayment _ -> Mono.just(PaymentStatus.awaiting(look));
                    case FulfilResult.Expired _, FulfilResult.PaymentFailed _, FulfilResult.Withheld _ ->
                        Mono.just(PaymentStatus.ended(result));
                    case FulfilResult.Unknown _, FulfilResult.NotOurs _ -> Mono.<PaymentStatus>empty();
                })
                .onErrorResume(StripeUnavailableException.class, _ -> Mono.just(PaymentStatus.unreachable(look)));
    }

    private Mono<PaymentStatus> planBegun(TopUpStatus order) {
        return positions
                .of(order.account())
                .zipWith(lastWaiting(order.account()))
                .filter(both -> both.getT1().lastCommand() >= both.getT2())
                .map(both ->
                        PaymentStatus.planBegun(order, both.getT1().balance().spendable()))
                .onErrorResume(StoreUnavailableException.class, _ -> Mono.empty())
                .defaultIfEmpty(PaymentStatus.planBegun(order, null));
    }

    /** Credited once nothing that was issued for the account is still on its way to the live store. */
    private Mono<PaymentStatus> granted(TopUpStatus topUp, Look look) {
        Mono<Long> lastIssued = lastWaiting(topUp.account());
        return positions
                .of(topUp.account())
                .zipWith(lastIssued, (position, waiting) -> arrived(topUp, look, position, waiting))
                .onErrorResume(
                        StoreUnavailableException.class, _ -> Mono.just(PaymentStatus.arriving(topUp.credits(), look)));
    }

    private static PaymentStatus arrived(TopUpStatus topUp, Look look, AccountSnapshot position, long waiting) {
        Credits available = position.balance().spendable();
        return position.lastCommand() >= waiting
                ? PaymentStatus.credited(topUp.credits(), available)
                : PaymentStatus.arriving(topUp.credits(), look);
    }

    private Mono<Long> lastWaiting(AccountId account) {
        return commands.unapplied(account, WAITING_COMMANDS_MAX).reduce(0L, (_, command) -> command.number());
    }
}
