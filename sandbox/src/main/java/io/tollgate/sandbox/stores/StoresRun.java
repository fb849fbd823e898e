package io.tollgate.sandbox.stores;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * A pair of stores as a process: writes into a file where they are and with which passwords, and ends when its input
 * does, which is when whoever started it has ended.
 */
public final class StoresRun {
    private StoresRun() {}

    /** The file. */
    public static void main(String[] arguments) throws IOException {
        Path file = Path.of(arguments[0]).toAbsolutePath();
        try (Stores stores = Stores.start(StoreSettings.fromEnvironment())) {
            write(file, facts(stores));
            while (System.in.read() >= 0) {
                // nothing is ever said to it
            }
            Files.deleteIfExists(file);
        }
    }

    private static String facts(Stores stores) {
        Database database = stores.postgres().database();
        return """
                REDIS_URL=%s
                POSTGRES_JDBC_URL=%s
                POSTGRES_R2DBC_URL=%s
                POSTGRES_USER=%s
                POSTGRES_PASSWORD=%s
                POSTGRES_OWNER=%s
                POSTGRES_OWNER_PASSWORD=%s
                """.formatted(
                        stores.redis().uri(),
                        database.jdbcUrl(),
                        database.r2dbcUrl(),
                        database.app().user(),
                        database.app().password(),
                        database.owner().user(),
                        database.owner().password());
    }

    /** Whole or not at all: whoever sees it may read it. */
    private static void write(Path file, String facts) throws IOException {
        Path draft = Files.createTempFile(
                file.getParent(),
                "stores",
                ".env",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(draft, facts);
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
