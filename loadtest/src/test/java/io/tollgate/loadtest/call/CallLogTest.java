package io.tollgate.loadtest.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.loadtest.call.Call.Kind;
import io.tollgate.loadtest.call.Call.Outcome;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CallLogTest {
    @TempDir
    Path directory;

    @Test
    void readsBackWhatWasWritten() {
        Call answered = new Call("acme", "call-1", Kind.STREAMED, Outcome.ANSWERED, (1L << 53) - 1);
        Call broken = new Call("acme", null, Kind.PLAIN, Outcome.BROKEN, null);
        Path file = directory.resolve("run/calls.jsonl");

        try (CallLog log = CallLog.create(file)) {
            log.append(answered);
            log.append(broken);
        }

        assertThat(CallLog.read(file)).containsExactly(answered, broken);
    }
}
