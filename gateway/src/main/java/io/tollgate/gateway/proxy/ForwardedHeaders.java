package io.tollgate.gateway.proxy;

import static io.netty.handler.codec.http.HttpHeaderNames.AUTHORIZATION;
import static io.netty.handler.codec.http.HttpHeaderNames.CONNECTION;

import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.AsciiString;
import io.tollgate.gateway.admission.OpenHold;
import io.tollgate.gateway.routing.Upstream;
import io.tollgate.metering.credit.Credits;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Which headers pass the gateway, and which are its own. */
final class ForwardedHeaders {

    static final AsciiString REQUEST_ID = AsciiString.cached("tollgate-request-id");
    static final AsciiString ACCOUNT = AsciiString.cached("tollgate-account");
    static final AsciiString AVAILABLE = AsciiString.cached("tollgate-available");
    static final AsciiString OUTPUT_CAP = AsciiString.cached("tollgate-output-cap");
    static final AsciiString COST = AsciiString.cached("tollgate-cost");

    private static final AsciiString OURS = AsciiString.cached("tollgate-");

    /** Of one connection only (RFC 9110 §7.6.1), or set anew for the message as we send it. */
    private static final HeaderNames PER_HOP = HeaderNames.of(
            "connection",
            "keep-alive",
            "proxy-authenticate",
            "proxy-authorization",
            "proxy-connection",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "content-length");

    /**
     * What a client may not tell an upstream: who it is to us, for whom the upstream's credential works, and that it may answer in an encoding in which the
     * usage cannot be read.
     */
    private static final HeaderNames CLIENTS_OWN = HeaderNames.of(
            "host",
            "authorization",
            "cookie",
            "accept-encoding",
            "content-encoding",
            "expect",
            "x-api-key",
            "api-key",
            "openai-organization",
            "openai-project");

    /** What upstreams of that make tell a cost by, and take it for one where a client sends it. */
    private static final AsciiString LITELLM = AsciiString.cached("x-litellm-");

    private ForwardedHeaders() {}

    static void toUpstream(HttpHeaders client, HttpHeaders upstream, OpenHold hold, Upstream target) {
        Set<String> named = namedByConnection(client);
        for (Iterator<Map.Entry<CharSequence, CharSequence>> all = client.iteratorCharSequence(); all.hasNext(); ) {
            Map.Entry<CharSequence, CharSequence> header = all.next();
            CharSequence name = header.getKey();
            if (passes(name, named) && !CLIENTS_OWN.contains(name) && !startsWith(name, LITELLM)) {
                upstream.add(name, header.getValue());
            }
        }
        if (!target.credential().isEmpty()) {
            upstream.set(AUTHORIZATION, target.credential());
        }
        if (target.account() == Upstream.Account.NAMED) {
            upstream.set(ACCOUNT, hold.call().key().account().value());
        }
        upstream.set(REQUEST_ID, hold.id().toString());
    }

    static void toClient(HttpHeaders upstream, HttpHeaders client, String requestId) {
        Set<String> named = namedByConnection(upstream);
        for (Iterator<Map.Entry<CharSequence, CharSequence>> all = upstream.iteratorCharSequence(); all.hasNext(); ) {
            Map.Entry<CharSequence, CharSequence> header = all.next();
            CharSequence name = header.getKey();
            if (passes(name, named)) {
                client.add(name, header.getValue());
            }
        }
        client.set(REQUEST_ID, requestId);
    }

    /** What the account had left beside the call's hold, and the output cap that was put in place of a dearer one. */
    static void tellHold(HttpHeaders client, OpenHold hold) {
        @Nullable Credits available = hold.available();
        if (available != null) {
            client.set(AVAILABLE, available.toDecimal());
        }
        @Nullable Long lowered = hold.lowered();
        if (lowered != null) {
            client.set(OUTPUT_CAP, lowered.toString());
        }
    }

    private static boolean passes(CharSequence name, Set<String> named) {
        return !PER_HOP.contains(name)
                && !startsWith(name, OURS)
                && (named.isEmpty() || !named.contains(name.toString().toLowerCase(Locale.ROOT)));
    }

    private static boolean startsWith(CharSequence name, AsciiString prefix) {
        return AsciiString.regionMatches(name, true, 0, prefix, 0, prefix.length());
    }

    /** The header Connection may name further ones that are of this connection only. */
    private static Set<String> namedByConnection(HttpHeaders headers) {
        @Nullable String connection = headers.get(CONNECTION);
        if (connection == null || "keep-alive".equalsIgnoreCase(connection) || "close".equalsIgnoreCase(connection)) {
            return Set.of();
        }
        Set<String> named = new TreeSet<>();
        for (String name : connection.split(",", -1)) {
            named.add(name.strip().toLowerCase(Locale.ROOT));
        }
        return named;
    }
}
