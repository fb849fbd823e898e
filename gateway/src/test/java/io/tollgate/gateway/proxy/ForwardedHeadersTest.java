package io.tollgate.gateway.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import org.junit.jupiter.api.Test;

class ForwardedHeadersTest {

    @Test
    void anAnswerLosesWhatIsOfItsConnectionOrOursAlone() {
        HttpHeaders upstream = new DefaultHttpHeaders()
                .add("Content-Type", "application/json")
                .add("Set-Thing", "a")
                .add("Set-Thing", "b")
                .add("Connection", "close, X-Private")
                .add("X-Private", "1")
                .add("Transfer-Encoding", "chunked")
                .add("TollGate-Cost", "0");
        HttpHeaders client = new DefaultHttpHeaders();

        ForwardedHeaders.toClient(upstream, client, "id");

        assertThat(client.names()).containsExactlyInAnyOrder("Content-Type", "Set-Thing", "tollgate-request-id");
        assertThat(client.getAll("Set-Thing")).containsExactly("a", "b");
    }

    @Test
    void namesAreFoundWithoutRegardToCase() {
        HeaderNames names = HeaderNames.of("authorization", "te");

        assertThat(names.contains("Authorization")).isTrue();
        assertThat(names.contains("TE")).isTrue();
        assertThat(names.contains("ate")).isFalse();
        assertThat(names.contains("a-header-longer-than-all-of-them")).isFalse();
    }
}
