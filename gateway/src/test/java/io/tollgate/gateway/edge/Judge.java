package io.tollgate.gateway.edge;

import io.tollgate.gateway.edge.RecordingUpstream.Seen;
import io.tollgate.gateway.edge.StrictReader.ReadRequest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Says what is wrong with what an upstream got to see, given what was sent to the gateway and which holds ended.
 *
 * <p>Every request that it saw has to be one that was sent beyond doubt, with nothing in it that a client may not say, under a hold of its own that
 * covers whatever the upstream may read in it.
 */
final class Judge {

    /** What the gateway writes itself. */
    private static final Set<String> GATEWAYS_OWN = Set.of(
            "host", "content-length", "authorization", "accept-encoding", "tollgate-account", "tollgate-request-id");

    private static final Set<String> FORBIDDEN = Set.of(
            "connection",
            "keep-alive",
            "proxy-connection",
            "proxy-authorization",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "expect",
            "cookie",
            "content-encoding",
            "openai-organization",
            "openai-project",
            "x-api-key",
            "api-key");

    private final Map<String, String> accountByKey;
    private final String credential;
    private final Map<String, List<ReadRequest>> sent = new HashMap<>();
    private final List<String> findings = new ArrayList<>();
    private final Set<String> holds = new HashSet<>();

    Judge(Map<String, String> accountByKey, String credential) {
        this.accountByKey = accountByKey;
        this.credential = credential;
    }

    /** Notes what a connection was sent. */
    synchronized void sent(byte[] bytes) {
        for (ReadRequest request : StrictReader.read(bytes)) {
            String account = accountOf(request);
            if (account != null && request.method().equals("POST") && isMetered(request.target())) {
                sent.computeIfAbsent(placeOf(account, request), _ -> new ArrayList<>())
                        .add(request);
            }
        }
    }

    private @Nullable String accountOf(ReadRequest request) {
        String key = keyOf(request);
        return key == null ? null : accountByKey.get(key);
    }

    /** Null if there is none, or more than one. */
    static @Nullable String keyOf(ReadRequest request) {
        List<String> credentials = request.all("authorization");
        return credentials.size() == 1 && credentials.getFirst().regionMatches(true, 0, "Bearer ", 0, 7)
                ? credentials.getFirst().substring(7).strip()
                : null;
    }

    private static String placeOf(String account, ReadRequest request) {
        return takesItsNumberAway(request) ? account : place(account, request.headers());
    }

    /** Whether the client has named the number's header in Connection. */
    static boolean takesItsNumberAway(ReadRequest request) {
        return request.all("connection").stream()
                .anyMatch(named -> named.toLowerCase(Locale.ROOT).contains("x-input"));
    }

    /** Where to look for a request: the inputs are numbered. */
    private static String place(String account, List<Header> headers) {
        return headers.stream()
                .filter(header -> header.name().equalsIgnoreCase("x-input"))
                .map(Header::value)
                .findFirst()
                .map(number -> account + " " + number)
                .orElse(account);
    }

    static boolean isMetered(String target) {
        return target.matches("(https?://[^/?#]*)?" + EdgeGateway.CHAT + "(\\?.*)?");
    }

    /**
     * Notes what the upstream saw.
     *
     * @param held by hold id, of holds that have ended
     */
    void seen(Seen seen, Map<String, Long> held) {
        checkHeaders(seen);
        String account = String.valueOf(seen.header("tollgate-account"));
        ReadRequest origin = taken(
                sent.getOrDefault(place(account, seen.headers()), List.of()).iterator(), seen);
        if (origin == null) {
            find("the upstream saw what nobody has sent beyond doubt", seen);
        }
        checkHold(seen, origin == null ? seen.body().length : origin.body().length, held);
    }

    /** What was sent may be seen once: it is taken away. */
    private static @Nullable ReadRequest taken(Iterator<ReadRequest> candidates, Seen seen) {
        while (candidates.hasNext()) {
            ReadRequest candidate = candidates.next();
            if (isSame(candidate, seen)) {
                candidates.remove();
                return candidate;
            }
        }
        return null;
    }

    List<String> findings() {
        return List.copyOf(findings);
    }

    private void checkHeaders(Seen seen) {
        for (Header header : seen.headers()) {
            String name = header.name().toLowerCase(Locale.ROOT);
            boolean ours = GATEWAYS_OWN.contains(name);
            if (FORBIDDEN.contains(name)
                    || (!ours && (name.startsWith("tollgate-") || name.startsWith("x-litellm-")))) {
                find("a header that a client may not send: " + name, seen);
            }
            if (ours
                    && seen.headers().stream()
                                    .filter(other -> other.name().equalsIgnoreCase(name))
                                    .count()
                            > 1) {
                find("twice: " + name, seen);
            }
        }
        if (!credential.equals(seen.header("authorization"))) {
            find("another credential than the gateway's: " + seen.header("authorization"), seen);
        }
    }

    private void checkHold(Seen seen, int bytes, Map<String, Long> held) {
        String id = String.valueOf(seen.header("tollgate-request-id"));
        if (!holds.add(id)) {
            find("two calls under one hold", seen);
        }
        Long micros = held.get(id);
        if (micros == null) {
            find("no hold that ended", seen);
            return;
        }
        LenientReading reading = LenientReading.of(seen.body());
        Map<String, JsonNode> fields = reading == null ? null : reading.agreed();
        if (fields == null) {
            find(reading == null ? "no JSON by the letter" : "providers can read it differently", seen);
            return;
        }
        try {
            if (micros < leastHold(bytes, fields)) {
                find("held only " + micros, seen);
            }
        } catch (IllegalArgumentException e) {
            find(String.valueOf(e.getMessage()), seen);
        }
    }

    /** What the upstream may bill: four bytes are a token at the least, and the answer may be as long as it reads that it may. */
    static long leastHold(int bytes, Map<String, JsonNode> fields) {
        long output = LenientReading.outputTokens(fields, EdgeGateway.OUTPUT_MAX, EdgeGateway.DEFAULT_OUTPUT);
        return (bytes / 4 * EdgeGateway.PRICE_IN + output * EdgeGateway.PRICE_OUT);
    }

    private static boolean isSame(ReadRequest sent, Seen seen) {
        // The headers first: they carry the input's number, and bodies are dear to compare
        return seen.headers().stream()
                        .filter(header -> !GATEWAYS_OWN.contains(header.name().toLowerCase(Locale.ROOT)))
                        .allMatch(header -> sent.all(header.name()).contains(header.value()))
                && isSameBody(sent.body(), seen.body());
    }

    /** Byte by byte, but for the options of a stream, in which the gateway asks for the usage. */
    private static boolean isSameBody(byte[] sent, byte[] seen) {
        if (Arrays.equals(sent, seen)) {
            return true;
        }
        LenientReading before = LenientReading.of(sent);
        LenientReading after = LenientReading.of(seen);
        return before != null
                && after != null
                && seen.length - sent.length < 64
                && before.withoutStreamOptions().equals(after.withoutStreamOptions());
    }

    private void find(String what, Seen seen) {
        findings.add(what + ": " + seen.headers() + "\n"
                + seen.text().substring(0, Math.min(400, seen.text().length())));
    }
}
