package io.tollgate.sandbox.ai;

import org.jspecify.annotations.Nullable;

/** Keeps one answer's account and enters it into the deliveries once. */
final class Receipt {
    private final Deliveries deliveries;
    private final Caller caller;
    private final Reply reply;
    private int tokens;
    private int chunks;
    private @Nullable Delivery entered;

    Receipt(Deliveries deliveries, Caller caller, Reply reply) {
        this.deliveries = deliveries;
        this.caller = caller;
        this.reply = reply;
    }

    void delivered(int moreTokens, int moreChunks) {
        tokens += moreTokens;
        chunks += moreChunks;
    }

    boolean isEntered() {
        return entered != null;
    }

    /**
     * Enters what the answer will have delivered with its last bytes, before they leave: whoever has read them finds the
     * delivery.
     */
    void enter(int lastTokens, int lastChunks, String end) {
        if (entered == null) {
            entered = deliveries.add(delivery(tokens + lastTokens, chunks + lastChunks, end));
        }
    }

    /** The client left, before the end or before the end reached the network. */
    void cut() {
        if (entered == null) {
            enter(0, 0, Delivery.CUT);
        } else if (entered.isFinished()) {
            deliveries.correct(entered, delivery(tokens, chunks, Delivery.CUT));
        }
    }

    private Delivery delivery(int deliveredTokens, int deliveredChunks, String end) {
        ChatRequest request = reply.request();
        return new Delivery(
                0,
                System.currentTimeMillis(),
                caller.requestId(),
                caller.account(),
                request.model(),
                request.shape().streams(),
                request.promptTokens(),
                reply.completionTokens(),
                deliveredTokens,
                deliveredChunks,
                end,
                usage());
    }

    private String usage() {
        return switch (reply.fault().kind()) {
            case NO_USAGE -> "none";
            case ZERO_USAGE -> "zero";
            case USAGE_TWICE -> "twice";
            default -> reply.request().shape() == ChatRequest.Shape.STREAM ? "none" : "exact";
        };
    }
}
