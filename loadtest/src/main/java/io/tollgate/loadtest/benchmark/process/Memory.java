package io.tollgate.loadtest.benchmark.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a JVM holds: the bytes of all live objects, counted after a full collection, and the memory outside the heap that
 * its code has asked for, which is where Netty's buffers are. It has to run with {@link #FLAG}.
 */
public record Memory(long heapBytes, long directBytes) {
    public static final String FLAG = "-XX:NativeMemoryTracking=summary";

    private static final Path JCMD = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    private static final Pattern LIVE = Pattern.compile("(?m)^Total\\s+\\d+\\s+(\\d+)$");
    private static final Pattern OTHER = Pattern.compile("-\\s+Other \\(reserved=\\d+KB, committed=(\\d+)KB\\)");
    private static final Pattern RESIDENT = Pattern.compile("(?m)^VmRSS:\\s+(\\d+) kB$");

    public static Memory of(ProcessHandle jvm) {
        long heap = number(LIVE, jcmd(jvm, "GC.class_histogram"));
        long direct = number(OTHER, jcmd(jvm, "VM.native_memory", "summary", "scale=KB")) * 1024;
        return new Memory(heap, direct);
    }

    public long bytes() {
        return heapBytes + directBytes;
    }

    /** What the system has given the process and those that it has started; not a number where there is no {@code /proc}. */
    public static double residentBytes(ProcessHandle process) {
        return Stream.concat(Stream.of(process), process.descendants())
                .mapToDouble(Memory::ownResidentBytes)
                .sum();
    }

    private static double ownResidentBytes(ProcessHandle process) {
        Path status = Path.of("/proc", Long.toString(process.pid()), "status");
        try {
            return Files.exists(status) ? number(RESIDENT, Files.readString(status)) * 1024.0 : Double.NaN;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long number(Pattern pattern, String text) {
        Matcher found = pattern.matcher(text);
        if (!found.find()) {
            throw new IllegalStateException(
                    "no " + pattern + " in: " + text.substring(0, Math.min(500, text.length())));
        }
        return Long.parseLong(found.group(1));
    }

    private static String jcmd(ProcessHandle jvm, String... command) {
        List<String> line = new ArrayList<>(List.of(JCMD.toString(), Long.toString(jvm.pid())));
        line.addAll(List.of(command));
        try {
            Process jcmd = new ProcessBuilder(line).redirectErrorStream(true).start();
            return new String(jcmd.getInputStream().readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
