package io.tollgate.gateway.sandbox;

/** The sandbox cannot start, for a reason that one line to its user explains. */
final class SandboxException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    SandboxException(String line) {
        super(line);
    }
}
