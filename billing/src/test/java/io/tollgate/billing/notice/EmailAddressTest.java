package io.tollgate.billing.notice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmailAddressTest {

    @ParameterizedTest
    @ValueSource(strings = {"jane@example.com", "j.o+tag@mail.example.co.uk", "x@localhost", "o'neil@example.com"})
    void takesOneAddress(String text) {
        assertThat(new EmailAddress(text).value()).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "jane",
                "@example.com",
                "jane@",
                "jane@example.com, joe@example.com",
                "Jane <jane@example.com>",
                "jane@example.com\r\nBcc: joe@example.com",
                "jane@example.com\n",
                "jane\u0000@example.com",
                "jane@exa mple.com",
                "jane@-example.com",
                "jane..doe@example.com",
                "jane@example.com>",
                "\"jane\"@example.com",
                "jäne@example.com"
            })
    void takesNothingElse(String text) {
        assertThatThrownBy(() -> new EmailAddress(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void isBounded() {
        assertThat(EmailAddress.isAllowed("a".repeat(65) + "@example.com")).isFalse();
        assertThat(EmailAddress.isAllowed("a@" + "b.".repeat(130) + "com")).isFalse();
    }

    @Test
    void isNotLoggedWhole() {
        assertThat(new EmailAddress("jane@example.com")).hasToString("j…@example.com");
    }
}
