package io.tollgate.sandbox.stores;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** How Postgres is run, which refuses to be root, by somebody who may be root, as in many a container. */
enum Unprivileged {
    ALREADY(List.of()),
    /** A user namespace of its own makes Postgres believe that it is nobody, while its files stay ours. */
    USER_NAMESPACE(List.of("unshare", "--user")),
    /** Where containers may not make user namespaces, it becomes nobody, and its files must be nobody's too. */
    NOBODY(List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"));

    @SuppressWarnings("ImmutableEnumChecker") // made by List.of
    private final List<String> prefix;

    Unprivileged(List<String> prefix) {
        this.prefix = prefix;
    }

    static Unprivileged detected() {
        if (!"root".equals(System.getProperty("user.name"))) {
            return ALREADY;
        }
        return Stream.of(USER_NAMESPACE, NOBODY)
                .filter(way -> ShellCommand.succeeds(way.command(List.of("true"))))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "Postgres does not run as root, and neither unshare nor setpriv work here: run as another user,"
                                + " or point at a server of your own"));
    }

    List<String> command(List<String> command) {
        List<String> unprivileged = new ArrayList<>(prefix);
        unprivileged.addAll(command);
        return unprivileged;
    }

    /** Makes a file or directory one that the command may use, at the end of directories it may pass through. */
    void hand(Path path) throws IOException {
        if (this == NOBODY) {
            Files.setPosixFilePermissions(path.getParent(), PosixFilePermissions.fromString("rwx--x--x"));
            Files.setAttribute(path, "unix:uid", 65_534);
        }
    }
}
