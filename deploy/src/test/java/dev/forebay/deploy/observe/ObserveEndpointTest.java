package dev.forebay.deploy.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forebay.deploy.console.FailedException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

final class ObserveEndpointTest {
    private final HttpClient client = HttpClient.newHttpClient();
    private final List<String> said = new ArrayList<>();

    @Test
    void isLiveFromTheStartAndReadyWhileNothingHoldsItUp() throws Exception {
        AtomicReference<Optional<String>> obstacle = new AtomicReference<>(Optional.empty());
        try (ObserveEndpoint endpoint = ObserveEndpoint.open(new ObserveConfig(freePort(), true), said::add)) {
            endpoint.registry().counter("some.counter").increment();

            assertThat(get(endpoint, "/health/live").statusCode()).isEqualTo(200);
            assertThat(get(endpoint, "/health/ready").statusCode()).isEqualTo(503);
            endpoint.readyUnless(obstacle::get);
            assertThat(get(endpoint, "/health/ready").statusCode()).isEqualTo(200);
            obstacle.set(Optional.of("intake is waiting for the registry: down"));
            assertThat(get(endpoint, "/health/ready").statusCode()).isEqualTo(503);
            assertThat(get(endpoint, "/health/ready").body())
                    .isEqualTo("not ready: intake is waiting for the registry: down\n");
            assertThat(get(endpoint, "/health/live").statusCode()).isEqualTo(200);
            assertThat(get(endpoint, "/metrics").body()).contains("some_counter_total 1.0");
            assertThat(get(endpoint, "/other").statusCode()).isEqualTo(404);
            assertThat(endpoint.url().orElseThrow().getHost()).isEqualTo("127.0.0.1");
        }
        assertThat(said).singleElement().asString().contains("/metrics");
    }

    @Test
    void aTakenDefaultPortIsDoneWithoutAndAConfiguredOneIsAnError() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = taken.getLocalPort();
            try (ObserveEndpoint endpoint = ObserveEndpoint.open(new ObserveConfig(port, false), said::add)) {
                assertThat(endpoint.url()).isEmpty();
            }
            assertThat(said).singleElement().asString().contains("is taken");

            assertThatThrownBy(() -> ObserveEndpoint.open(new ObserveConfig(port, true), said::add))
                    .isInstanceOf(FailedException.class)
                    .hasMessageContaining("observe.port " + port);
        }
    }

    @Test
    void zeroServesNothing() {
        try (ObserveEndpoint endpoint = ObserveEndpoint.open(new ObserveConfig(0, true), said::add)) {
            assertThat(endpoint.url()).isEmpty();
        }
        assertThat(said).isEmpty();
    }

    private HttpResponse<String> get(ObserveEndpoint endpoint, String path) throws Exception {
        URI uri = endpoint.url().orElseThrow().resolve(path);
        return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
