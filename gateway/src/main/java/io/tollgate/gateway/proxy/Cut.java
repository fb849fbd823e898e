package io.tollgate.gateway.proxy;

import io.tollgate.gateway.problem.Problem;

/** Who ended an answer before its end. */
enum Cut {
    BY_UPSTREAM(502, "upstream_cut", "The upstream broke the answer off; what was delivered is charged."),
    BY_TIMEOUT(504, "upstream_timeout", "The upstream took too long; what was delivered is charged."),
    BY_CREDIT(402, "credit_ran_out", "The credit ran out; what was delivered is charged."),
    BY_SHUTDOWN(503, "shutting_down", "This gateway is being shut down; what was delivered is charged.");

    private final int status;
    private final String code;
    private final String message;

    Cut(int status, String code, String message) {
        this.status = status;
        this.code = code;
        this.message = message;
    }

    /** What a client is told that has a part of the answer already. */
    Problem problem() {
        return Problem.of(status, code, message);
    }
}
