package io.tollgate.metering.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class InstallationTest {

    private final Metering metering = Metering.start("tollgate.metering.partitions=16");

    @AfterAll
    void close() {
        metering.close();
    }

    @Test
    void theFirstGatewayRecordsItsPartitions() {
        assertThat(installed()).isEqualTo(16);
    }

    @Test
    void anotherOneWithAsManyStarts() {
        metering.beside("tollgate.metering.partitions=16").close();

        assertThat(installed()).isEqualTo(16);
    }

    @Test
    void oneWithAnotherCountDoesNotStartAndIsToldWhy() {
        assertThatThrownBy(() -> metering.beside("tollgate.metering.partitions=32"))
                .hasMessage("tollgate.metering.partitions is configured as 32, but this installation has 16 partitions:"
                        + " the count is fixed at installation and cannot be changed");
        assertThat(installed()).isEqualTo(16);
    }

    private long installed() {
        return metering.book().number("SELECT CAST(sum(partitions) AS bigint) FROM installation");
    }
}
