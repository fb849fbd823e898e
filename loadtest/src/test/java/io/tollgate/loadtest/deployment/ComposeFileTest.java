package io.tollgate.loadtest.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** Not every machine that builds has Docker; what can be held without it is held here. */
class ComposeFileTest {
    private static final Path ROOT = Path.of("..");
    private static final Pattern VARIABLE = Pattern.compile("(?<!\\$)\\$\\{([A-Z_]+)");
    private static final Pattern SECRET = Pattern.compile("\\$\\{[A-Z_]+:\\?[^}]+}");

    private final String text = read("docker-compose.yml");
    private final Map<String, Map<String, Object>> services = services(new Yaml().load(text));

    @Test
    void hasTwoGatewaysAndAllTheyNeed() {
        assertThat(services).containsOnlyKeys("gateway-1", "gateway-2", "redis", "postgres", "prometheus", "grafana");
    }

    @Test
    void everyServiceSaysWhetherItIsHealthy() {
        assertThat(services).allSatisfy((name, service) -> assertThat(service).containsKey("healthcheck"));
    }

    @Test
    void metricsAreScrapedFromAPortThatIsNotPublished() {
        assertThat(services.values())
                .flatExtracting(service -> service.get("ports") instanceof List<?> ports ? ports : List.of())
                .map(String::valueOf)
                .isNotEmpty()
                .noneMatch(port -> port.endsWith(":9464"));
        assertThat(text).contains("MANAGEMENT_SERVER_PORT: \"9464\"");
        assertThat(read("deploy/prometheus/prometheus.yml")).contains("gateway-1:9464", "gateway-2:9464");
    }

    @Test
    void redisNeverEvictsAndKeepsAnAppendOnlyFile() {
        assertThat(String.valueOf(services.getOrDefault("redis", Map.of()).get("command")))
                .contains("--maxmemory-policy noeviction", "--appendonly yes", "--appendfsync everysec");
    }

    @Test
    void secretsComeFromTheEnvironmentAndAreDemanded() {
        assertThat(services.values())
                .flatExtracting(service ->
                        service.get("environment") instanceof Map<?, ?> variables ? variables.entrySet() : List.of())
                .filteredOn(variable -> String.valueOf(variable).matches("[A-Z_]*(PASSWORD|TOKEN|KEY|SECRET)=.*"))
                .isNotEmpty()
                .allSatisfy(variable -> assertThat(String.valueOf(variable)).containsPattern(SECRET));
    }

    @Test
    void everyVariableIsInTheExample() {
        Set<String> used = VARIABLE.matcher(text)
                .results()
                .map((MatchResult variable) -> variable.group(1))
                .collect(Collectors.toSet());

        assertThat(read(".env.example")
                        .lines()
                        .filter(line -> line.contains("="))
                        .map(line -> line.split("=", 2)[0]))
                .containsExactlyInAnyOrderElementsOf(used);
    }

    @Test
    void everyFileItMountsExists() {
        assertThat(services.values())
                .flatExtracting(service -> service.get("volumes") instanceof List<?> volumes ? volumes : List.of())
                .map(String::valueOf)
                .filteredOn(volume -> volume.startsWith("./"))
                .isNotEmpty()
                .allSatisfy(volume ->
                        assertThat(ROOT.resolve(volume.split(":", 2)[0])).exists());
    }

    @Test
    void theApplicationsRoleOwnsNothing() {
        assertThat(read("deploy/postgres/roles.sh"))
                .contains("CREATE ROLE tollgate_owner", "CREATE ROLE tollgate_app", "OWNER tollgate_owner");
    }

    @SuppressWarnings("unchecked") // the file is read here to be judged, not to be mapped
    private static Map<String, Map<String, Object>> services(Map<String, Object> file) {
        return (Map<String, Map<String, Object>>) file.getOrDefault("services", Map.of());
    }

    private static String read(String file) {
        try {
            return Files.readString(ROOT.resolve(file));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
