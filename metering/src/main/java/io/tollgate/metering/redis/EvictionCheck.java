package io.tollgate.metering.redis;

/** A Redis that evicts keys would forget holds and charges. */
final class EvictionCheck {

    private static final String POLICY = "maxmemory_policy:";

    private EvictionCheck() {}

    /** Takes the answer to {@code INFO memory}, which managed services allow where they refuse {@code CONFIG GET}. */
    static void refuseEviction(String memoryInfo) {
        String policy = memoryInfo
                .lines()
                .filter(line -> line.startsWith(POLICY))
                .map(line -> line.substring(POLICY.length()).strip())
                .findFirst()
                .orElse("unknown");
        if (!policy.equals("noeviction")) {
            throw new IllegalStateException("Redis must run with maxmemory-policy noeviction, but it says: " + policy);
        }
    }
}
