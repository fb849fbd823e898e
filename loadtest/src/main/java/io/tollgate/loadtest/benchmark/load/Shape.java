package io.tollgate.loadtest.benchmark.load;

import io.tollgate.loadtest.benchmark.upstream.Pace;

/**
 * What the clients do.
 *
 * @param callsPerSecond how many begin each second, whatever became of those before; 0: as soon as a connection's last
 *     one has ended
 */
public record Shape(Form form, Pace pace, int connections, int callsPerSecond) {

    /** How an answer is asked for. */
    public enum Form {
        PLAIN,
        STREAMED
    }

    public Shape {
        if (connections < 1 || callsPerSecond < 0) {
            throw new IllegalArgumentException("no load: " + connections + " connections, " + callsPerSecond + "/s");
        }
    }

    public static Shape closed(Form form, Pace pace, int connections) {
        return new Shape(form, pace, connections, 0);
    }

    boolean isSteady() {
        return callsPerSecond > 0;
    }
}
