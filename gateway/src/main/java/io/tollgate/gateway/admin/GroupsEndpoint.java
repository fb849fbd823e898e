package io.tollgate.gateway.admin;

import io.tollgate.gateway.authentication.AccountGroups;
import io.tollgate.metering.account.AccountId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** Lets the operator say which groups an account is a member of; putting the same again changes nothing. */
final class GroupsEndpoint {

    private final AccountGroups groups;
    private final Audit audit;

    GroupsEndpoint(AccountGroups groups, Audit audit) {
        this.groups = groups;
        this.audit = audit;
    }

    record Membership(@Nullable List<String> groups) {
        static final Membership ABSENT = new Membership(null);
    }

    Mono<ServerResponse> put(ServerRequest request) {
        return Inputs.with(request, Membership.class, Membership.ABSENT, wanted -> {
            AccountId account = Inputs.account(request);
            Set<String> names = names(wanted);
            return groups.put(account, names).flatMap(found -> found ? answer(account, names) : noSuchAccount());
        });
    }

    private static Mono<ServerResponse> noSuchAccount() {
        return AccountsEndpoint.noSuchAccount();
    }

    private static Set<String> names(Membership wanted) {
        if (wanted.groups() == null || wanted.groups().contains(null)) {
            throw new Inputs.InvalidException("groups has to be a list of " + AccountGroups.ALLOWED);
        }
        Set<String> names = new TreeSet<>(wanted.groups());
        if (!AccountGroups.areAllowed(names)) {
            throw new Inputs.InvalidException("groups has to be a list of " + AccountGroups.ALLOWED);
        }
        return names;
    }

    private Mono<ServerResponse> answer(AccountId account, Set<String> names) {
        return audit.record("put_groups", account, Map.of("groups", String.join(",", names)))
                .then(ServerResponse.ok().bodyValue(Map.of("groups", names)));
    }
}
