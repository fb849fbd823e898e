package io.tollgate.gateway.admission;

import io.tollgate.gateway.problem.Problem;

/** What became of asking whether a call may go through. */
public sealed interface AdmissionResult {
    /** Its credit is held; the hold must now be ended. */
    record Admitted(OpenHold hold) implements AdmissionResult {}

    /** Nothing is held. */
    record Refused(Problem problem) implements AdmissionResult {}
}
