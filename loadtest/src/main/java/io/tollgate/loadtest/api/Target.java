package io.tollgate.loadtest.api;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A running gateway and the provider behind it, as {@code sandbox.env} describes them. */
public record Target(URI gateway, String adminToken, URI provider) {

    /** Seen from the project's directory and from the module's. */
    private static final List<Path> SANDBOX_ENV =
            List.of(Path.of("target/sandbox.env"), Path.of("../target/sandbox.env"));

    /** From the environment, or else from the file that a sandbox on this machine has written ({@code source} exports nothing). */
    public static Target fromEnvironment() {
        Map<String, String> facts = new HashMap<>();
        SANDBOX_ENV.stream()
                .filter(Files::exists)
                .findFirst()
                .map(EnvFile::read)
                .ifPresent(facts::putAll);
        facts.putAll(System.getenv());
        return from(facts);
    }

    /** By the names that {@code sandbox.env} uses. */
    public static Target from(Map<String, String> facts) {
        return new Target(
                URI.create(required(facts, "TOLLGATE_URL")),
                required(facts, "TOLLGATE_ADMIN_TOKEN"),
                URI.create(required(facts, "AI_URL")));
    }

    private static String required(Map<String, String> environment, String name) {
        String value = environment.getOrDefault(name, "");
        if (value.isBlank()) {
            throw new IllegalArgumentException(
                    name + " is not set, and there is no target/sandbox.env: is the sandbox running?");
        }
        return value;
    }

    /** Without the token: this ends up in logs. */
    @Override
    public String toString() {
        return "gateway " + gateway + ", provider " + provider;
    }
}
