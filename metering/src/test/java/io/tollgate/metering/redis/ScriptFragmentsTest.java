package io.tollgate.metering.redis;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The fragments that scripts are put together from. What they do is the contract suites' matter. */
class ScriptFragmentsTest {

    private static final int LINES_MAX = 40;

    /** As they are written: what a build before has left behind is none of them. */
    private static final Path FRAGMENTS = Path.of("src/main/resources/io/tollgate/metering");

    private static final Path CLASSES = Path.of("target/classes/io/tollgate/metering");

    private static List<Path> files(Path root, String ending) throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            return all.filter(file -> file.toString().endsWith(ending)).toList();
        }
    }

    @Test
    void areShortAndBeginWithWhatTheyAreFor() throws IOException {
        assertThat(files(FRAGMENTS, ".lua"))
                .hasSizeGreaterThan(20)
                .allSatisfy(fragment -> assertThat(Files.readAllLines(fragment))
                        .hasSizeLessThanOrEqualTo(LINES_MAX)
                        .first()
                        .asString()
                        .matches("\\s*-- .+"));
    }

    @Test
    void areAllPartOfAScript() throws IOException {
        StringBuilder classes = new StringBuilder();
        for (Path file : files(CLASSES, ".class")) {
            classes.append(new String(Files.readAllBytes(file), ISO_8859_1));
        }

        assertThat(files(FRAGMENTS, ".lua"))
                .extracting(
                        fragment -> FRAGMENTS.relativize(fragment).toString().replace(".lua", ""))
                .allSatisfy(name -> assertThat(classes.indexOf(name)).as(name).isPositive());
    }
}
