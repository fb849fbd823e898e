package io.tollgate.loadtest.benchmark.peer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/** Applications as the build has packaged them. */
final class Jars {
    private Jars() {}

    /** Fails with what to do where it has not been built. */
    static Path in(Path target, String artifact) {
        try (Stream<Path> files = Files.isDirectory(target) ? Files.list(target) : Stream.empty()) {
            return files.filter(file -> file.getFileName().toString().matches(artifact + "-[0-9].*\\.jar"))
                    .filter(file -> !file.getFileName().toString().matches(".*(tests|sources|javadoc)\\.jar"))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException(
                            "no " + artifact + " in " + target + ": mvn -q -Ppeers -DskipTests package"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<String> command(Path jar, List<String> flags, List<String> moreFlags, String... arguments) {
        List<String> all = new ArrayList<>(flags);
        all.addAll(moreFlags);
        all.add("-jar");
        all.add(jar.toString());
        all.addAll(List.of(arguments));
        return Site.java(all);
    }

    /** The version of a library that is packed into it, from the library's file name. */
    static String versionOf(String library, Path jar) {
        String name = "BOOT-INF/lib/" + library + "-";
        try (JarFile packed = new JarFile(jar.toFile())) {
            return packed.stream()
                    .map(entry -> entry.getName())
                    .filter(entry -> entry.matches(name + "[0-9].*\\.jar"))
                    .map(entry -> entry.substring(name.length(), entry.length() - ".jar".length()))
                    .findFirst()
                    .orElse("?");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
