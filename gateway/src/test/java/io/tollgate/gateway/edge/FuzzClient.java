package io.tollgate.gateway.edge;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.tollgate.gateway.edge.FuzzInputs.Ending;
import io.tollgate.gateway.edge.FuzzInputs.Input;
import io.tollgate.gateway.installation.Operator.Customer;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sends inputs one after the other, each on a connection of its own, and notes what should not have come of them. */
final class FuzzClient {

    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.1 (\\d{3})[ \\r]");
    private static final int BOUND_MILLIS = 10_000;
    private static final int QUIET_MILLIS = 250;
    private static final int PROOF_OF_LIFE_EVERY = 100;

    private final EdgeGateway gateway;
    private final Customer caller;
    private final Judge judge;
    private final List<String> findings = new ArrayList<>();
    private int tried;

    FuzzClient(EdgeGateway gateway, Customer caller, Judge judge) {
        this.gateway = gateway;
        this.caller = caller;
        this.judge = judge;
    }

    List<String> findings() {
        return findings;
    }

    void tryOut(Input input) {
        judge.sent(input.bytes());
        try (Wire wire = gateway.connect()) {
            wire.patience(BOUND_MILLIS);
            if (sent(wire, input)) {
                judge(input, input.ending() == Ending.OPEN ? wire.whatComesFirst() : answers(wire, input));
            }
        } catch (UncheckedIOException e) {
            if (e.getCause() instanceof SocketTimeoutException) {
                find(input, "neither answered nor closed within " + BOUND_MILLIS + " ms");
            }
        }
        if (++tried % PROOF_OF_LIFE_EVERY == 0) {
            proveLife(input);
        }
    }

    /** False if there is nobody left who could read an answer. */
    private static boolean sent(Wire wire, Input input) {
        try {
            wire.send(input.bytes());
        } catch (UncheckedIOException _) {
            // It has closed already; what it said before can still be read
            return true;
        }
        if (input.ending() == Ending.RESET) {
            wire.reset();
        }
        return input.ending() != Ending.RESET;
    }

    /**
     * What is answered until nothing more can be expected, and then until the gateway closes the connection, since it is told that nothing more will
     * come. Before its answers a client that stops sending would be taken for one that has left.
     */
    private static String answers(Wire wire, Input input) {
        int expected = Math.max(1, StrictReader.read(input.bytes()).size());
        StringBuilder answers = new StringBuilder();
        wire.patience(QUIET_MILLIS);
        try {
            while (STATUS.matcher(answers).results().count() < expected) {
                String more = wire.whatComesFirst();
                if (more.isEmpty()) {
                    return answers.toString();
                }
                answers.append(more);
            }
        } catch (UncheckedIOException e) {
            if (!(e.getCause() instanceof SocketTimeoutException)) {
                return answers.toString();
            }
        }
        wire.patience(BOUND_MILLIS);
        try {
            wire.halfClose();
        } catch (UncheckedIOException _) {
            // It was quicker
        }
        return answers + wire.untilClosed();
    }

    private void judge(Input input, String answers) {
        for (Matcher status = STATUS.matcher(answers); status.find(); ) {
            int code = Integer.parseInt(status.group(1));
            if (code >= 500) {
                find(
                        input,
                        "answered with "
                                + answers.substring(status.start(), Math.min(answers.length(), status.start() + 500)));
            }
        }
    }

    private void proveLife(Input input) {
        judge.sent(Http.call(caller).getBytes(ISO_8859_1));
        try (Wire wire = gateway.connect()) {
            int status = wire.send(Http.call(caller)).answer().status();
            if (status != 200) {
                find(input, "a valid call after it is answered with " + status);
            }
        } catch (UncheckedIOException e) {
            find(input, "a valid call after it fails: " + e.getMessage());
        }
    }

    private void find(Input input, String what) {
        String text = new String(input.bytes(), ISO_8859_1);
        findings.add("input " + input.number() + " (" + input.kind() + ", " + input.ending() + "): " + what + "\n"
                + text.substring(0, Math.min(1_500, text.length())));
    }
}
