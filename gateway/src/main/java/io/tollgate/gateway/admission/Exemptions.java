package io.tollgate.gateway.admission;

import io.tollgate.gateway.authentication.AccountGroups;
import io.tollgate.gateway.authentication.ApiKey;
import java.util.Collections;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who is metered but not charged, and so never short of credit.
 *
 * @param groups whose members are
 */
@ConfigurationProperties("tollgate.exempt")
record Exemptions(@DefaultValue Set<String> groups) {

    Exemptions {
        groups = Set.copyOf(groups);
        if (!AccountGroups.areAllowed(groups)) {
            throw new IllegalArgumentException("tollgate.exempt.groups takes " + AccountGroups.ALLOWED);
        }
    }

    MeteredCall applyTo(MeteredCall call) {
        return cover(call.key()) ? call.exempt() : call;
    }

    private boolean cover(ApiKey key) {
        return !key.groups().isEmpty() && !Collections.disjoint(key.groups(), groups);
    }
}
