package io.tollgate.gateway.admin;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who may use the operator's API, and how much at once.
 *
 * @param token bearer token of the operator; absent: the API is off
 * @param bulkCreation whether accounts can be created in bulk with given keys, which only load tests need
 * @param bulkMax accounts in one request
 * @param pageMax accounts on one page of a list
 */
@ConfigurationProperties("tollgate.admin")
public record AdminSettings(
        @Nullable String token,
        @DefaultValue("false") boolean bulkCreation,
        @DefaultValue("2000") int bulkMax,
        @DefaultValue("1000") int pageMax) {

    private static final int SHORTEST_TOKEN = 16;

    public AdminSettings {
        if (token != null && token.isBlank()) {
            token = null;
        }
        if (token != null && token.length() < SHORTEST_TOKEN) {
            throw new IllegalArgumentException(
                    "tollgate.admin.token must have at least " + SHORTEST_TOKEN + " characters");
        }
        if (bulkMax < 1 || pageMax < 1) {
            throw new IllegalArgumentException("tollgate.admin.bulk-max and page-max start at 1");
        }
    }

    /** Without the token: settings end up in logs. */
    @Override
    public String toString() {
        return "AdminSettings[" + (token == null ? "off" : "on") + ", bulkCreation=" + bulkCreation + "]";
    }
}
