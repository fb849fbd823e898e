package io.tollgate.sandbox.stripe;

import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** What a change would make of a subscription, the lines that it would cost, and when these would be billed. */
record Proposal(ObjectNode after, List<ObjectNode> lines, Billed billed) {
    enum Billed {
        NOW,
        WITH_THE_NEXT_PERIOD
    }
}
