package io.tollgate.sandbox.stores;

import java.util.ArrayList;
import java.util.List;

/**
 * Postgres refuses to run as root, which is who we are in many a container. A user namespace of its own makes it believe
 * that it is nobody, while its files stay ours.
 */
final class Unprivileged {
    private static final boolean ROOT = "root".equals(System.getProperty("user.name"));

    private Unprivileged() {}

    static List<String> command(List<String> command) {
        if (!ROOT) {
            return command;
        }
        if (!ShellCommand.succeeds("unshare", "--user", "true")) {
            throw new IllegalStateException(
                    "Postgres does not run as root, and this machine allows no user namespace (unshare --user): run as"
                            + " another user, or point at a server of your own");
        }
        List<String> unprivileged = new ArrayList<>(List.of("unshare", "--user"));
        unprivileged.addAll(command);
        return unprivileged;
    }
}
