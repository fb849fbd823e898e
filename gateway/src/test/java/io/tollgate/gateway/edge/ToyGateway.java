package io.tollgate.gateway.edge;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.tollgate.gateway.edge.RecordingUpstream.Seen;
import io.tollgate.gateway.edge.StrictReader.ReadRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A gateway of few lines without a network, right but for the one bug it is given. It shows that the fuzz test would find that bug. */
final class ToyGateway {

    static final String CREDENTIAL = "Bearer sk-upstream";

    private final Bug bug;
    private final Map<String, String> accountByKey;
    final List<Seen> seen = new ArrayList<>();
    final Map<String, Long> held = new HashMap<>();

    ToyGateway(Bug bug, Map<String, String> accountByKey) {
        this.bug = bug;
        this.accountByKey = accountByKey;
    }

    /** Mistakes that gateways have made, as changes to what they take their input for or to what they make of it. */
    @SuppressWarnings("ImmutableEnumChecker") // functions without state
    enum Bug {
        NONE(text -> text),
        TAKES_BARE_LINE_FEEDS(text -> text.replaceAll("(?<!\r)\n", "\r\n")),
        TAKES_BARE_CARRIAGE_RETURNS(text -> text.replaceAll("\r(?!\n)", "\r\n")),
        BELIEVES_THE_LAST_LENGTH(text -> text.replaceAll("(?i)content-length: \\d+\r\n(?=content-length: )", "")),
        BELIEVES_THE_LENGTH_OVER_THE_CODING(text ->
                text.contains("Content-Length") ? text.replaceAll("(?i)transfer-encoding: chunked\r\n", "") : text),
        BELIEVES_THE_CODING_OVER_THE_LENGTH(text ->
                text.contains("Transfer-Encoding") ? text.replaceAll("(?i)content-length: \\d+\r\n", "") : text),
        TAKES_OTHER_CODINGS_FOR_CHUNKED(text -> text.replaceAll("(?i)(transfer-encoding: )[^\r\n]+", "$1chunked")),
        IGNORES_OTHER_CODINGS(text -> text.replaceAll("(?i)transfer-encoding: (?!chunked\r)[^\r\n]+\r\n", "")),
        TRIMS_NAMES(text -> text.replaceAll("(?i)(content-length|transfer-encoding)[ \t]+:", "$1:")),
        UNFOLDS_BY_DROPPING(text -> text.replaceAll("\r\n[ \t]+[^\r\n]*", "")),
        TAKES_SIGNS(text -> text.replaceAll("(?i)(content-length: )[+-]", "$1")),
        STOPS_AT_NUL(text -> text.replace("\u0000", "")),
        LOOKS_AT_THE_FIRST_FIELD_ONLY(text -> text),
        LOOKS_AT_EXACT_NAMES_ONLY(text -> text),
        LOOKS_AT_ONE_CAP_ONLY(text -> text),
        FORGETS_CHOICES(text -> text),
        TAKES_OTHER_JSON(text -> text),
        LETS_COST_HEADERS_THROUGH(text -> text),
        LETS_HOP_HEADERS_THROUGH(text -> text),
        PASSES_THE_CLIENTS_KEY(text -> text),
        FORGETS_TO_HOLD_NOW_AND_THEN(text -> text),
        USES_A_HOLD_TWICE(text -> text);

        private final UnaryOperator<String> reading;

        Bug(UnaryOperator<String> reading) {
            this.reading = reading;
        }
    }

    void take(byte[] bytes) {
        String text = bug.reading.apply(new String(bytes, ISO_8859_1));
        for (ReadRequest request : StrictReader.read(text.getBytes(ISO_8859_1))) {
            String key = Judge.keyOf(request);
            String account = key == null ? null : accountByKey.get(key);
            Long hold = account == null ? null : hold(request);
            if (account != null
                    && hold != null
                    && request.method().equals("POST")
                    && Judge.isMetered(request.target())) {
                forward(request, account, hold);
            }
        }
    }

    /** Null if the body is refused. */
    private @Nullable Long hold(ReadRequest request) {
        LenientReading reading = LenientReading.of(request.body());
        if (reading == null) {
            return bug == Bug.TAKES_OTHER_JSON && request.body().length > 0 ? (Long) 10_000_000_000L : null;
        }
        Map<String, JsonNode> fields = switch (bug) {
            case LOOKS_AT_THE_FIRST_FIELD_ONLY -> reading.first();
            case LOOKS_AT_EXACT_NAMES_ONLY -> reading.last().equals(reading.first()) ? reading.last() : null;
            default -> reading.agreed();
        };
        if (fields == null || !fields.containsKey("model")) {
            return null;
        }
        Map<String, JsonNode> believed = new HashMap<>(fields);
        if (bug == Bug.FORGETS_CHOICES) {
            believed.remove("n");
        }
        if (bug == Bug.LOOKS_AT_ONE_CAP_ONLY && believed.containsKey("max_completion_tokens")) {
            believed.remove("max_tokens");
        }
        try {
            return Judge.leastHold(request.body().length, believed);
        } catch (IllegalArgumentException _) {
            return null;
        }
    }

    private void forward(ReadRequest request, String account, long micros) {
        String id = Integer.toString(bug == Bug.USES_A_HOLD_TWICE ? seen.size() / 100 : seen.size());
        List<Header> headers = new ArrayList<>();
        for (Header header : request.headers()) {
            String name = header.name().toLowerCase(Locale.ROOT);
            boolean passes = (name.startsWith("x-input") && !Judge.takesItsNumberAway(request))
                    || (bug == Bug.LETS_COST_HEADERS_THROUGH && name.equals("tollgate-cost"))
                    || (bug == Bug.LETS_HOP_HEADERS_THROUGH && name.equals("te"));
            if (passes) {
                headers.add(header);
            }
        }
        headers.add(new Header(
                "Authorization",
                bug == Bug.PASSES_THE_CLIENTS_KEY ? request.all("authorization").getFirst() : CREDENTIAL));
        headers.add(new Header("Tollgate-Account", account));
        headers.add(new Header("Tollgate-Request-Id", id));
        if (bug != Bug.FORGETS_TO_HOLD_NOW_AND_THEN || seen.size() % 500 != 499) {
            held.put(id, micros);
        }
        seen.add(new Seen("", headers, request.body()));
    }
}
