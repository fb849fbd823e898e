package io.tollgate.metering.benchmark;

import io.tollgate.sandbox.stores.Database;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/** Copies usage events that are in the book into a second table like theirs, as fast as it goes: text from memory, one connection. */
final class BareCopy implements AutoCloseable {

    static final int BATCH = 10_000;

    private final Connection connection;

    record Copied(long rows, long nanos) {}

    BareCopy(Database database) throws SQLException {
        connection = DriverManager.getConnection(
                database.jdbcUrl(), database.owner().user(), database.owner().password());
        run("CREATE TABLE bare_usage (LIKE usage_event INCLUDING ALL)");
    }

    /** Those that happened since; a commit for each batch. */
    Copied of(Instant from) throws SQLException {
        CopyManager copy = connection.unwrap(PGConnection.class).getCopyAPI();
        run("TRUNCATE bare_usage");
        List<byte[]> batches = batches(copy, from);
        long rows = 0;
        long start = System.nanoTime();
        for (byte[] batch : batches) {
            try {
                rows += copy.copyIn("COPY bare_usage FROM STDIN", new ByteArrayInputStream(batch), 1 << 16);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return new Copied(rows, System.nanoTime() - start);
    }

    private static List<byte[]> batches(CopyManager copy, Instant from) throws SQLException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        try {
            copy.copyOut(
                    "COPY (SELECT * FROM usage_event WHERE at >= '" + from
                            + "' ORDER BY partition, epoch, number) TO STDOUT",
                    all);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return cut(all.toByteArray());
    }

    private static List<byte[]> cut(byte[] lines) {
        List<byte[]> batches = new ArrayList<>();
        ByteArrayOutputStream batch = new ByteArrayOutputStream();
        int rows = 0;
        for (byte character : lines) {
            batch.write(character);
            if (character == '\n' && ++rows % BATCH == 0) {
                batches.add(batch.toByteArray());
                batch.reset();
            }
        }
        if (batch.size() > 0) {
            batches.add(batch.toByteArray());
        }
        return batches;
    }

    private void run(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
