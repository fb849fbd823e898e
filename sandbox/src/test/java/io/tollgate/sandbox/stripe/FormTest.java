package io.tollgate.sandbox.stripe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class FormTest {
    @Nested
    class Parsing {
        @Test
        void readsBracketsAsATree() {
            Form form = Form.parse("a=1&line_items[0][price_data][currency]=usd&metadata[k%20y]=v%26w&empty=");

            Form line = form.objects("line_items").getFirst();

            assertThat(form.requiredInteger("a")).isEqualTo(1);
            assertThat(line.object("price_data").orElseThrow().requiredText("currency"))
                    .isEqualTo("usd");
            assertThat(form.textsBelow("metadata")).containsEntry("k y", "v&w");
            assertThat(form.text("empty")).isEmpty();
            assertThat(form.unsets("empty")).isTrue();
        }

        @Test
        void readsListsWithAndWithoutIndexes() {
            assertThat(Form.parse("types[]=a&types[]=b").textList("types")).containsExactly("a", "b");
            assertThat(Form.parse("types[0]=a&types[1]=b").textList("types")).containsExactly("a", "b");
        }

        @Test
        void gathersTheFieldsOfOneElementUntilOneRepeats() {
            List<Form> lines = Form.parse("l[][price]=p&l[][quantity]=1&l[][price]=q&l[][quantity]=2")
                    .objects("l");

            assertThat(lines).extracting(line -> line.requiredText("price")).containsExactly("p", "q");
            assertThat(lines)
                    .extracting(line -> line.requiredInteger("quantity"))
                    .containsExactly(1L, 2L);
        }

        @Test
        void refusesWhatIsHostile() {
            assertThatThrownBy(() -> Form.parse("a=%zz")).isInstanceOf(ApiException.class);
            assertThatThrownBy(() -> Form.parse("a[b=1")).isInstanceOf(ApiException.class);
            assertThatThrownBy(() -> Form.parse("a" + "[b]".repeat(50) + "=1")).isInstanceOf(ApiException.class);
            assertThatThrownBy(() -> Form.parse("a=1&".repeat(1_001))).isInstanceOf(ApiException.class);
        }
    }

    @Nested
    class Refusing {
        @Test
        void namesWhatWasNeverRead() {
            Form form = Form.parse("known=1&nested[known]=1&nested[other]=2");
            form.requiredText("known");
            form.object("nested").orElseThrow().requiredText("known");

            assertThatThrownBy(form::rejectUnread).hasMessageContaining("nested[other]");
        }

        @Test
        void namesANumberThatIsNone() {
            assertThatThrownBy(() -> Form.parse("amount=9.00").requiredInteger("amount"))
                    .hasMessageContaining("Invalid integer: 9.00");
            assertThatThrownBy(() -> Form.parse("amount=9223372036854775808").requiredInteger("amount"))
                    .isInstanceOf(ApiException.class);
        }
    }
}
