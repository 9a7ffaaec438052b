package dev.forebay.deploy.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** In front of a server that sends back what it gets. */
final class ChaosProxyTest {
    private ServerSocket echo;
    private ChaosProxy proxy;

    @BeforeEach
    void start() throws IOException {
        echo = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread accepting = new Thread(this::serve, "echo");
        accepting.setDaemon(true);
        accepting.start();
        proxy = ChaosProxy.to(echo.getLocalPort());
    }

    @AfterEach
    void stop() throws Exception {
        proxy.close();
        echo.close();
    }

    @Test
    void withoutAToxicEveryByteArrivesInOrder() throws IOException {
        byte[] sent = bytes(3_000_000);

        try (Socket socket = connect()) {
            Thread writing = new Thread(() -> write(socket, sent), "writer");
            writing.start();
            assertThat(socket.getInputStream().readNBytes(sent.length)).isEqualTo(sent);
        }
    }

    @Test
    void latencyDelaysAnAnswerAndBandwidthStretchesIt() throws IOException {
        proxy.responses(Toxic.latency(150));
        assertThat(roundTrip(10)).isGreaterThanOrEqualTo(Duration.ofMillis(150));

        proxy.responses(Toxic.bandwidth(100_000));
        assertThat(roundTrip(40_000)).isGreaterThanOrEqualTo(Duration.ofMillis(390));

        proxy.responses(Toxic.line(150, 100_000));
        assertThat(roundTrip(40_000)).isGreaterThanOrEqualTo(Duration.ofMillis(540));

        proxy.responses(Toxic.slow(10, 20));
        assertThat(roundTrip(100)).isGreaterThanOrEqualTo(Duration.ofMillis(200));

        proxy.heal();
        assertThat(roundTrip(10)).isLessThan(Duration.ofMillis(150));
    }

    @Test
    void aBlackHoleTakesBytesAndGivesNone() throws IOException {
        proxy.requests(Toxic.swallow());

        try (Socket socket = connect()) {
            socket.setSoTimeout(200);
            write(socket, bytes(10));
            assertThatThrownBy(() -> socket.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    void anAnswerIsCutAtTheByte() throws IOException {
        proxy.responses(Toxic.cutAfter(7));

        try (Socket socket = connect()) {
            byte[] sent = bytes(20);
            write(socket, sent);
            assertThat(socket.getInputStream().readAllBytes()).hasSize(7).isEqualTo(java.util.Arrays.copyOf(sent, 7));
        }
    }

    @Test
    void oneByteIsCorruptedAndNoOther() throws IOException {
        proxy.requests(Toxic.corrupt(3));

        try (Socket socket = connect()) {
            byte[] sent = bytes(20);
            write(socket, sent);
            sent[3] = (byte) ~sent[3];
            assertThat(socket.getInputStream().readNBytes(20)).isEqualTo(sent);
        }
    }

    @Test
    void aResetEndsWhatIsOpenAndDownRefusesWhatComes() throws IOException {
        try (Socket socket = connect()) {
            write(socket, bytes(1));
            assertThat(socket.getInputStream().readNBytes(1)).hasSize(1);
            proxy.reset();
            assertThatThrownBy(() -> socket.getInputStream().read()).isInstanceOf(IOException.class);
        }
        proxy.down(true);
        assertThatThrownBy(() -> roundTrip(1)).isInstanceOf(IOException.class);

        proxy.heal();
        assertThat(roundTrip(1)).isPositive();
    }

    private Duration roundTrip(int size) throws IOException {
        long from = System.nanoTime();
        try (Socket socket = connect()) {
            socket.getOutputStream().write(bytes(size));
            if (socket.getInputStream().readNBytes(size).length < size) {
                throw new IOException("ended early");
            }
        }
        return Duration.ofNanos(System.nanoTime() - from);
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), proxy.port());
        socket.setSoTimeout(20_000);
        return socket;
    }

    private static byte[] bytes(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    private static void write(Socket socket, byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private void serve() {
        try {
            while (true) {
                Socket socket = echo.accept();
                Thread echoing = new Thread(() -> echo(socket), "echo-one");
                echoing.setDaemon(true);
                echoing.start();
            }
        } catch (IOException e) {
            // closed by the test
        }
    }

    private static void echo(Socket socket) {
        try (socket;
                InputStream in = socket.getInputStream()) {
            in.transferTo(socket.getOutputStream());
        } catch (IOException e) {
            // the connection was reset, as it should be
        }
    }
}
