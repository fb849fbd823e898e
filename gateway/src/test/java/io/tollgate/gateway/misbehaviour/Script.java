package io.tollgate.gateway.misbehaviour;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What an upstream sends to one request, and how it ends: the bytes on the wire, whether they make sense or not. */
public final class Script {

    private final List<Step> steps;
    private final End end;

    private Script(List<Step> steps, End end) {
        this.steps = List.copyOf(steps);
        this.end = end;
    }

    /** What becomes of the connection after the last byte. */
    public enum End {
        /** The next request may come. */
        KEEP,
        FIN,
        RST,
        /** Nothing more happens until the caller closes it. */
        STALL
    }

    sealed interface Step {
        @SuppressWarnings("ArrayRecordComponent")
        record Write(byte[] bytes, int atOnce) implements Step {}

        /** Again and again until the caller closes the connection. */
        @SuppressWarnings("ArrayRecordComponent")
        record Drip(byte[] bytes, Duration every) implements Step {}

        record Pause() implements Step {}

        record PauseUntilGone() implements Step {}
    }

    public static Script empty() {
        return new Script(List.of(), End.KEEP);
    }

    public static Script sending(String text) {
        return empty().send(text);
    }

    public Script send(String text) {
        return send(text.getBytes(UTF_8));
    }

    public Script send(byte[] bytes) {
        return with(new Step.Write(bytes, Math.max(1, bytes.length)));
    }

    /** In writes of so many bytes, each in a packet of its own as far as that can be had. */
    public Script sendInPiecesOf(int atOnce, String text) {
        return with(new Step.Write(text.getBytes(UTF_8), atOnce));
    }

    /** Until {@link Served#goOn()}, or until the caller closes the connection. */
    public Script pause() {
        return with(new Step.Pause());
    }

    /** Until the caller has closed the connection: what follows comes too late. */
    public Script pauseUntilTheCallerIsGone() {
        return with(new Step.PauseUntilGone());
    }

    public Script drip(String text, Duration every) {
        return with(new Step.Drip(text.getBytes(UTF_8), every));
    }

    public Script then(End how) {
        return new Script(steps, how);
    }

    /** Whether the connection can be used again. */
    public boolean keeps() {
        return end == End.KEEP;
    }

    private Script with(Step step) {
        List<Step> more = new ArrayList<>(steps);
        more.add(step);
        return new Script(more, end);
    }

    List<Step> steps() {
        return steps;
    }

    End end() {
        return end;
    }
}
