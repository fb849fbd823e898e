package io.tollgate.metering.usage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ChargedLatelyTest {

    private final ChargedLately lately = new ChargedLately(3);

    @Test
    void tellsOfEachHoldOnce() {
        lately.add(List.of("a", "b"));

        assertThat(lately.take()).containsExactlyInAnyOrder("a", "b");
        assertThat(lately.take()).isEmpty();
    }

    @Test
    void passesOverWhatItHasNoRoomFor() {
        lately.add(List.of("a", "b"));
        lately.add(List.of("c", "d"));
        lately.add(List.of("e"));

        assertThat(lately.take()).containsExactlyInAnyOrder("a", "b", "e");
    }
}
