package io.tollgate.loadtest.benchmark;

import io.tollgate.loadtest.benchmark.load.Shape;
import io.tollgate.loadtest.benchmark.load.Shape.Form;
import io.tollgate.loadtest.benchmark.upstream.Pace;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** A load under which every peer is measured in turn. */
enum Scenario {
    /** Plain calls, as many as will go through. */
    JSON_64(Form.PLAIN, Pace.AT_ONCE, 64, 0, "plain calls, 64 connections, saturated"),
    JSON_8(Form.PLAIN, Pace.AT_ONCE, 8, 0, "plain calls, 8 connections, saturated"),
    /** So few that none waits for another: what a gateway adds to one call. */
    LIGHT(Form.PLAIN, Pace.AT_ONCE, 32, 200, "plain calls, 200 a second, steady arrivals"),
    LIVE(Form.STREAMED, Pace.LIVE, 64, 0, "64 live streams of 50 chunks, 10 ms apart"),
    BURST(Form.STREAMED, Pace.AT_ONCE, 16, 0, "streams of 50 chunks back to back, 16 connections");

    private final Form form;
    private final Pace pace;
    private final int connections;
    private final int callsPerSecond;
    private final String title;

    Scenario(Form form, Pace pace, int connections, int callsPerSecond, String title) {
        this.form = form;
        this.pace = pace;
        this.connections = connections;
        this.callsPerSecond = callsPerSecond;
        this.title = title;
    }

    static List<Scenario> named(List<String> names) {
        return names.stream()
                .map(name -> Arrays.stream(values())
                        .filter(scenario -> scenario.label().equals(name))
                        .findFirst()
                        .orElseThrow(() -> new IllegalArgumentException("no such scenario: " + name)))
                .toList();
    }

    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    String title() {
        return title;
    }

    Shape shape() {
        return new Shape(form, pace, connections, callsPerSecond);
    }
}
