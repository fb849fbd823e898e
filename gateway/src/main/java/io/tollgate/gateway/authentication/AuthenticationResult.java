package io.tollgate.gateway.authentication;

/** What became of asking who is calling. */
public sealed interface AuthenticationResult {
    record Authenticated(ApiKey key) implements AuthenticationResult {}

    record Refused(Reason reason) implements AuthenticationResult {}

    /** Why a caller is not known. */
    enum Reason {
        MISSING("missing_api_key", "No API key: send the header Authorization: Bearer <your key>."),
        MALFORMED("invalid_api_key", "This is no API key: send the header Authorization: Bearer <your key>."),
        MISTYPED(
                "invalid_api_key",
                "The API key is mistyped or incomplete, its checksum does not match: copy it again, whole."),
        UNKNOWN("invalid_api_key", "There is no such API key."),
        REVOKED("revoked_api_key", "This API key has been revoked: use another one."),
        EXPIRED("expired_api_key", "This API key has expired: use another one.");

        private final String code;
        private final String message;

        Reason(String code, String message) {
            this.code = code;
            this.message = message;
        }

        public String code() {
            return code;
        }

        public String message() {
            return message;
        }
    }
}
