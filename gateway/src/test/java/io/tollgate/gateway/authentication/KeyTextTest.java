package io.tollgate.gateway.authentication;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.gateway.authentication.KeyText.Shape;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyTextTest {

    @Test
    void noTwoKeysAreAlike() {
        Set<String> keys = new HashSet<>();

        for (int i = 0; i < 1_000; i++) {
            assertThat(keys.add(KeyText.random())).isTrue();
        }

        assertThat(keys).allMatch(key -> KeyText.shapeOf(key) == Shape.OURS);
    }

    @Test
    void everyMistypedCharacterIsNoticed() {
        String key = KeyText.random();

        for (int i = KeyText.PREFIX.length(); i < key.length(); i++) {
            char other = key.charAt(i) == 'A' ? 'B' : 'A';
            String mistyped = key.substring(0, i) + other + key.substring(i + 1);
            assertThat(KeyText.shapeOf(mistyped)).as("character %d", i).isEqualTo(Shape.MISTYPED);
            assertThat(KeyText.shapeOf(key.substring(0, i))).isEqualTo(Shape.MISTYPED);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "short", "has blanks in it", "sk-bench-0000000é000", "with\"quotes\"in"})
    void aWordItIsNot(String text) {
        assertThat(KeyText.shapeOf(text)).isEqualTo(Shape.NO_KEY);
    }

    @Test
    void aKeyOfSomebodyElsesMakingIsForeign() {
        assertThat(KeyText.shapeOf("sk-bench-000000000000")).isEqualTo(Shape.FOREIGN);
    }
}
