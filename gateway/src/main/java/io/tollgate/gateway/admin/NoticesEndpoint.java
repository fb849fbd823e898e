package io.tollgate.gateway.admin;

import io.tollgate.billing.notice.Channel;
import io.tollgate.billing.notice.Contact;
import io.tollgate.billing.notice.Contacts;
import io.tollgate.billing.notice.Deliveries;
import io.tollgate.billing.notice.Deliveries.ListedDelivery;
import io.tollgate.billing.notice.Deliveries.State;
import io.tollgate.gateway.contact.ContactBody;
import io.tollgate.gateway.problem.ProblemAnswer;
import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.account.BookedAccounts;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/** What customers and programs were told, and were not: the operator looks at it and has it tried again. And where accounts' mail goes. */
final class NoticesEndpoint {

    private final Deliveries deliveries;
    private final Contacts contacts;
    private final BookedAccounts accounts;
    private final Audit audit;
    private final int pageMax;

    NoticesEndpoint(Deliveries deliveries, Contacts contacts, BookedAccounts accounts, Audit audit, int pageMax) {
        this.deliveries = deliveries;
        this.contacts = contacts;
        this.accounts = accounts;
        this.audit = audit;
        this.pageMax = pageMax;
    }

    @JsonNaming(SnakeCaseStrategy.class)
    record DeliveryBody(
            long notice,
            String channel,
            String account,
            String kind,
            String state,
            int attempts,
            @Nullable String reason,
            String postedAt) {

        static DeliveryBody of(ListedDelivery delivery) {
            return new DeliveryBody(
                    delivery.notice(),
                    delivery.channel().name(),
                    delivery.account(),
                    delivery.kind().toLowerCase(Locale.ROOT),
                    delivery.state().text(),
                    delivery.attempts(),
                    delivery.reason(),
                    delivery.postedAt().toString());
        }
    }

    Mono<ServerResponse> list(ServerRequest request) {
        return Inputs.answering(Mono.defer(() -> {
            int limit = Inputs.limit(request, pageMax);
            long below = request.queryParam("below")
                    .map(text -> Inputs.number("below", text))
                    .orElse(Long.MAX_VALUE);
            return deliveries
                    .list(state(request), below, limit)
                    .map(DeliveryBody::of)
                    .collectList()
                    .flatMap(page -> ServerResponse.ok().bodyValue(Map.of("notices", page)));
        }));
    }

    Mono<ServerResponse> requeue(ServerRequest request) {
        return Inputs.answering(Mono.defer(() -> {
            long notice = Inputs.number("the number of a notice", request.pathVariable("number"));
            Channel channel = channel(request.pathVariable("channel"));
            return deliveries
                    .requeue(notice, channel)
                    .flatMap(done -> done ? requeued(notice, channel) : nothingToRequeue());
        }));
    }

    Mono<ServerResponse> contact(ServerRequest request) {
        return Inputs.answering(Mono.defer(() -> {
            AccountId account = Inputs.account(request);
            return accounts.find(account)
                    .flatMap(found -> contacts.of(account).defaultIfEmpty(Contact.NONE))
                    .flatMap(contact -> ServerResponse.ok().bodyValue(ContactBody.of(contact)))
                    .switchIfEmpty(Mono.defer(AccountsEndpoint::noSuchAccount));
        }));
    }

    Mono<ServerResponse> putContact(ServerRequest request) {
        return Inputs.with(request, ContactBody.class, ContactBody.ABSENT, body -> {
            AccountId account = Inputs.account(request);
            String problem = body.problem();
            if (problem != null) {
                throw new Inputs.InvalidException(problem);
            }
            return accounts.find(account)
                    .flatMap(found -> put(account, body))
                    .switchIfEmpty(Mono.defer(AccountsEndpoint::noSuchAccount));
        });
    }

    private Mono<ServerResponse> put(AccountId account, ContactBody body) {
        Map<String, String> detail = new LinkedHashMap<>();
        detail.put("email", body.email() == null ? "none" : "set");
        detail.put("low_credit", body.lowCredit() == null ? "default" : body.lowCredit());
        return contacts.put(account, body.contact())
                .then(audit.record("put_contact", account, detail))
                .then(ServerResponse.ok().bodyValue(ContactBody.of(body.contact())));
    }

    private Mono<ServerResponse> requeued(long notice, Channel channel) {
        return audit.record("requeue_notice", "notice:" + notice, Map.of("channel", channel.name()))
                .then(ServerResponse.accepted().build());
    }

    private static Mono<ServerResponse> nothingToRequeue() {
        return ProblemAnswer.of(
                HttpStatus.NOT_FOUND,
                "no_such_delivery",
                "No notice of this number was given up, kept or suppressed on this channel: it is unknown, delivered or waits.");
    }

    private static State state(ServerRequest request) {
        String wanted = request.queryParam("state").orElse(State.BURIED.text());
        return Arrays.stream(State.values())
                .filter(state -> state.text().equals(wanted))
                .findAny()
                .orElseThrow(() -> new Inputs.InvalidException("state has to be one of "
                        + Arrays.stream(State.values()).map(State::text).collect(Collectors.joining(", "))));
    }

    private static Channel channel(String name) {
        String endpoint = new Channel(name).endpoint();
        try {
            return endpoint.isEmpty() && name.equals(Channel.MAIL.name()) ? Channel.MAIL : Channel.webhook(endpoint);
        } catch (IllegalArgumentException e) {
            throw new Inputs.InvalidException("a channel is mail, or webhook: and an endpoint's name");
        }
    }
}
