package io.tollgate.billing.notice;

import java.net.URI;
import java.util.List;

/**
 * A program that is told of notices.
 *
 * @param secrets what deliveries are signed with: one, or two while they are being changed
 */
public record NoticeEndpoint(String name, URI url, List<String> secrets) {

    private static final int SECRETS_MAX = 2;
    private static final int SHORTEST_SECRET = 16;

    public NoticeEndpoint {
        secrets = List.copyOf(secrets);
        if (secrets.isEmpty() || secrets.size() > SECRETS_MAX) {
            throw new IllegalArgumentException(
                    "a webhook endpoint has one secret, or two while they are being changed");
        }
        if (secrets.stream().anyMatch(secret -> secret.length() < SHORTEST_SECRET)) {
            throw new IllegalArgumentException(
                    "the secrets of webhook endpoints have at least " + SHORTEST_SECRET + " characters");
        }
        if (url.getHost() == null || url.getUserInfo() != null || url.getFragment() != null) {
            throw new IllegalArgumentException("the URL of a webhook endpoint has a host, no user and no fragment");
        }
    }

    /** All of them. */
    public record Endpoints(List<NoticeEndpoint> all) {

        public Endpoints {
            all = List.copyOf(all);
        }
    }

    public Channel channel() {
        return Channel.webhook(name);
    }

    /** Without secrets, and without the URL, which may have one in it. */
    @Override
    public String toString() {
        return "NoticeEndpoint[" + name + "]";
    }
}
