package io.tollgate.metering.redis;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The fragments that scripts are put together from. What they do is the contract suites' matter. */
class ScriptFragmentsTest {

    private static final int LINES_MAX = 40;

    /** The module's own classes and resources. */
    private final Path root = root();

    private static Path root() {
        try {
            URL head = requireNonNull(LuaScript.class.getResource("/io/tollgate/metering/recovery/redis/head.lua"));
            return Path.of(head.toURI()).resolve("../../..").normalize();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<Path> files(String ending) throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            return all.filter(file -> file.toString().endsWith(ending)).toList();
        }
    }

    @Test
    void areShortAndBeginWithWhatTheyAreFor() throws IOException {
        assertThat(files(".lua"))
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
        for (Path file : files(".class")) {
            classes.append(new String(Files.readAllBytes(file), ISO_8859_1));
        }

        assertThat(files(".lua"))
                .extracting(fragment -> root.relativize(fragment).toString().replace(".lua", ""))
                .allSatisfy(name -> assertThat(classes.indexOf(name)).as(name).isPositive());
    }
}
