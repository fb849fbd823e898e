package io.tollgate.sandbox.stripe;

import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** What is to be invoiced for a subscription, and why; {@code period} is the invoice's own, its lines have theirs. */
record Bill(ObjectNode subscription, String reason, List<ObjectNode> lines, Period period) {}
