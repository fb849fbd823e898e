package io.tollgate.loadtest.call;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/** The calls of one run in a file, a line of JSON each, so that the check can be repeated after the run. */
public final class CallLog implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final BufferedWriter out;

    private CallLog(BufferedWriter out) {
        this.out = out;
    }

    /** Begins an empty log, in place of an older one. */
    public static CallLog create(Path file) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            return new CallLog(Files.newBufferedWriter(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static List<Call> read(Path file) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.map(line -> JSON.readValue(line, Call.class)).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public synchronized void append(Call call) {
        try {
            out.write(JSON.writeValueAsString(call));
            out.newLine();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public synchronized void close() {
        try {
            out.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
