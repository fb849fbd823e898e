package io.tollgate.gateway.dialect;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What matters of a chat completion request. */
public final class ChatRequest {

    private final byte[] received;
    private final byte[] body;
    private final String model;
    private final Delivery delivery;
    private final @Nullable Long outputCap;
    private final int choices;
    private final UsageChunk usageAsked;
    private final Input input;
    private final List<Splice> usageOn;
    private final OutputCaps caps;

    /** How the answer is wanted. */
    public enum Delivery {
        WHOLE,
        STREAMED
    }

    /** What is to become of the chunk of a stream that carries the usage. */
    public enum UsageChunk {
        SHOWN,
        HIDDEN
    }

    /** Whether the request's size says how much the model will read. */
    enum Input {
        CONTAINED,
        /** It refers to what it does not contain. */
        REFERRED_TO
    }

    ChatRequest(
            byte[] received,
            String model,
            Delivery delivery,
            int choices,
            Input input,
            UsageSwitch usage,
            OutputCaps caps) {
        this.received = received;
        this.model = model;
        this.delivery = delivery;
        this.choices = choices;
        this.input = input;
        this.caps = caps;
        outputCap = caps.dearest();
        usageAsked = usage.asked() ? UsageChunk.SHOWN : UsageChunk.HIDDEN;
        usageOn = delivery == Delivery.STREAMED ? usage.on() : List.of();
        body = Splice.into(received, usageOn);
    }

    private ChatRequest(ChatRequest other, long bound) {
        received = other.received;
        model = other.model;
        delivery = other.delivery;
        choices = other.choices;
        input = other.input;
        caps = other.caps;
        usageAsked = other.usageAsked;
        usageOn = other.usageOn;
        outputCap = other.outputCap == null ? bound : Math.min(bound, other.outputCap);
        List<Splice> splices = new ArrayList<>(usageOn);
        splices.addAll(caps.loweredTo(outputCap));
        body = Splice.into(received, splices);
    }

    /** As it is to be sent on: the client's bytes, with {@code include_usage} switched on if it streams. */
    public byte[] body() {
        return body;
    }

    /** Size of what the client sent. */
    public int receivedBytes() {
        return received.length;
    }

    public String model() {
        return model;
    }

    public Delivery delivery() {
        return delivery;
    }

    public boolean streamed() {
        return delivery == Delivery.STREAMED;
    }

    /** The bound on output tokens per choice, in its dearest reading where several are given; null if there is none. */
    public @Nullable Long outputCap() {
        return outputCap;
    }

    /** {@code n}. */
    public int choices() {
        return choices;
    }

    /** Whether the client itself asked for the usage chunk of a stream. */
    public UsageChunk usageAsked() {
        return usageAsked;
    }

    /** Whether the model may read more than the request contains: an image, a file, an earlier answer. */
    public boolean unboundedInput() {
        return input == Input.REFERRED_TO;
    }

    /** The same request with an output cap of at most {@code bound} written into it, under the name that the client used. */
    public ChatRequest withOutputCap(long bound) {
        if (bound < 1) {
            throw new IllegalArgumentException("an output cap must be above zero: " + bound);
        }
        return new ChatRequest(this, bound);
    }
}
