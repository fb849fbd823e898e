package io.tollgate.gateway.api;

import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.ServerRequest;

/** What the lists of the API have in common. */
final class PageRequest {

    static final int LIMIT_MAX = 500;

    static final MediaType CSV = MediaType.parseMediaType("text/csv;charset=UTF-8");

    private static final int LIMIT_USUAL = 50;

    private PageRequest() {}

    /** Zero if what is asked for is no limit. */
    static int limit(ServerRequest request) {
        String text = request.queryParam("limit").orElse(Integer.toString(LIMIT_USUAL));
        if (!text.matches("0*[1-9][0-9]{0,2}")) {
            return 0;
        }
        int limit = Integer.parseInt(text);
        return limit > LIMIT_MAX ? 0 : limit;
    }

    /** Whoever names CSV before JSON. */
    static boolean wantsCsv(ServerRequest request) {
        List<MediaType> accepted = request.headers().accept();
        for (MediaType type : accepted) {
            if (type.includes(MediaType.APPLICATION_JSON)) {
                return false;
            }
            if (type.equalsTypeAndSubtype(CSV)) {
                return true;
            }
        }
        return false;
    }
}
