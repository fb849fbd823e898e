package io.tollgate.gateway.api;

import io.tollgate.billing.notice.Contact;
import io.tollgate.billing.notice.Contacts;
import io.tollgate.gateway.contact.ContactBody;
import io.tollgate.gateway.problem.ProblemAnswer;
import io.tollgate.metering.account.AccountId;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** Where the key's account wants its mail, and below what credit it wants to hear of it. */
final class ContactEndpoint {

    private final Contacts contacts;

    ContactEndpoint(Contacts contacts) {
        this.contacts = contacts;
    }

    Mono<ServerResponse> read(ServerRequest request) {
        return contacts.of(KeyHolder.account(request))
                .defaultIfEmpty(Contact.NONE)
                .flatMap(ContactEndpoint::answer);
    }

    /** Both at once: what is left out is put back to the default. */
    Mono<ServerResponse> put(ServerRequest request) {
        AccountId account = KeyHolder.account(request);
        return request.bodyToMono(ContactBody.class)
                .flatMap(body -> put(account, body))
                .switchIfEmpty(Mono.defer(() -> invalid("The body has to be an object with email and low_credit.")));
    }

    private Mono<ServerResponse> put(AccountId account, ContactBody body) {
        String problem = body.problem();
        return problem == null ? contacts.put(account, body.contact()).then(answer(body.contact())) : invalid(problem);
    }

    private static Mono<ServerResponse> invalid(String problem) {
        return ProblemAnswer.of(HttpStatus.BAD_REQUEST, "invalid_request", problem);
    }

    private static Mono<ServerResponse> answer(Contact contact) {
        return ServerResponse.ok().cacheControl(CacheControl.noStore()).bodyValue(ContactBody.of(contact));
    }
}
