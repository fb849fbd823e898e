package io.tollgate.gateway.authentication;

import io.tollgate.metering.account.AccountId;
import java.util.Set;
import java.util.regex.Pattern;
import reactor.core.publisher.Mono;

/** Which groups an account is a member of. Known to every gateway as soon as a revoked key is. */
public interface AccountGroups {

    /** What a set of groups can be, for people. */
    String ALLOWED = "at most 16 names of 1 to 40 of a-z 0-9 -";

    int MOST = 16;

    Pattern NAME = Pattern.compile("[a-z0-9-]{1,40}");

    /** Puts these in the place of those before; false if there is no such account. */
    Mono<Boolean> put(AccountId account, Set<String> groups);

    static boolean areAllowed(Set<String> groups) {
        return groups.size() <= MOST
                && groups.stream().allMatch(name -> NAME.matcher(name).matches());
    }
}
