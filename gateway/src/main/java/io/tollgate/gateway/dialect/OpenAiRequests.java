package io.tollgate.gateway.dialect;

import io.tollgate.gateway.dialect.ParsedRequest.Misformed;
import io.tollgate.gateway.dialect.ParsedRequest.Understood;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;

/** Reads a chat completion request in one pass over its bytes, without a tree, and has a stream report its usage. */
public final class OpenAiRequests {

    /** UTF-8 only: in another encoding the offsets at which bytes are spliced in would not be bytes. */
    private static final JsonFactory JSON = JsonFactory.builder()
            .disable(TokenStreamFactory.Feature.CHARSET_DETECTION)
            .build();

    private OpenAiRequests() {}

    public static ParsedRequest parse(byte[] body) {
        int fault = Utf8.faultIn(body);
        if (fault >= 0) {
            return new Misformed("The body is not valid UTF-8 (byte " + (fault + 1) + ").", null);
        }
        try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), body)) {
            return new Understood(new RequestPass(json, body).request());
        } catch (MisformedRequest e) {
            return e.told();
        } catch (JacksonException e) {
            return new Misformed("The body is not valid JSON: " + told(e) + place(e) + ".", null);
        }
    }

    /** The parser's own words, less what is for programmers. */
    private static String told(JacksonException e) {
        return e.getOriginalMessage().replaceAll(" \\(start marker at \\[Source: [^]]*]\\)", "");
    }

    /** A breach of the parser's bounds has no place. */
    private static String place(JacksonException e) {
        @Nullable TokenStreamLocation location = e.getLocation();
        return location == null ? "" : " (line " + location.getLineNr() + ", column " + location.getColumnNr() + ")";
    }
}
