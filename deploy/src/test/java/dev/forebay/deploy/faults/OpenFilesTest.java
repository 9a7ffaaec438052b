package dev.forebay.deploy.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
final class OpenFilesTest {
    @TempDir
    private Path directory;

    @Test
    void aConnectionIsSeenUntilItIsClosed() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = server.getLocalPort();
            Socket client = new Socket(server.getInetAddress(), port);

            assertThat(OpenFiles.connectionsTo(port)).isEqualTo(1);

            client.close();
            assertThat(OpenFiles.connectionsTo(port)).isZero();
        }
    }

    @Test
    void aFileIsSeenUntilItIsClosed() throws Exception {
        Path file = Files.createDirectories(directory.resolve("slot-0")).resolve("lock");
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);

        assertThat(OpenFiles.below(directory)).isEqualTo(1);
        assertThat(OpenFiles.below(directory.resolve("other"))).isZero();

        channel.close();
        assertThat(OpenFiles.below(directory)).isZero();
    }
}
