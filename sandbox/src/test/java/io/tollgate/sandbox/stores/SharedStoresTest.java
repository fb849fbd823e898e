package io.tollgate.sandbox.stores;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class SharedStoresTest {
    @Test
    void areOnePairForTheWholeJvm() throws SQLException {
        SharedStores shared = SharedStores.instance();
        Database database = shared.postgres().freshDatabase();

        assertThat(SharedStores.instance()).isSameAs(shared);
        assertThat(shared.redis().freshUri()).matches("rediss?://.*/\\d+");
        try (Connection connection = database.connect(database.app())) {
            assertThat(connection.isValid(1)).isTrue();
        }
    }
}
