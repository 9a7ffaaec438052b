package dev.forebay.deploy.faults;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.apache.kafka.common.protocol.ApiKeys;
import org.jspecify.annotations.Nullable;

/**
 * A TCP proxy on the loopback address that makes the network bad. One thread; toxics may be changed at any time by any
 * thread, and hold for the bytes that arrive from then on.
 */
final class ChaosProxy implements AutoCloseable {
    private static final long TICK_MILLIS = 2;

    private record Link(SocketChannel client, SocketChannel server, ProxyPipe requests, ProxyPipe responses) {}

    private final int target;
    private final ServerSocketChannel listener;
    private final Selector selector;
    private final Thread thread;
    private final List<Link> links = new ArrayList<>();
    private final AtomicBoolean resetAll = new AtomicBoolean();
    private volatile Toxic requests = Toxic.NONE;
    private volatile Toxic responses = Toxic.NONE;
    private volatile Set<Short> heldApis = Set.of();
    private volatile int stopped;
    private volatile boolean down;
    private volatile boolean closed;

    private ChaosProxy(int target) throws IOException {
        this.target = target;
        selector = Selector.open();
        listener = ServerSocketChannel.open();
        listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        listener.configureBlocking(false);
        listener.register(selector, SelectionKey.OP_ACCEPT);
        thread = new Thread(this::run, "chaos-proxy-" + target);
        thread.setDaemon(true);
    }

    /** In front of a port of this machine. */
    static ChaosProxy to(int target) throws IOException {
        ChaosProxy proxy = new ChaosProxy(target);
        proxy.thread.start();
        return proxy;
    }

    int port() {
        return ((InetSocketAddress) listener.socket().getLocalSocketAddress()).getPort();
    }

    void requests(Toxic toxic) {
        requests = toxic;
    }

    void responses(Toxic toxic) {
        responses = toxic;
    }

    /** Holds Kafka requests of these kinds, and all that comes behind them on their connections. */
    void hold(Set<ApiKeys> apis) {
        heldApis = apis.stream().map(api -> api.id).collect(Collectors.toUnmodifiableSet());
    }

    /** On how many connections a request is held. */
    int held() {
        return stopped;
    }

    /** Resets every connection that there is; later ones are accepted. */
    void reset() {
        resetAll.set(true);
    }

    /** While down, connections are reset and each new one as soon as it is made. */
    void down(boolean value) {
        down = value;
    }

    void heal() {
        requests = Toxic.NONE;
        responses = Toxic.NONE;
        heldApis = Set.of();
        down = false;
    }

    @Override
    public void close() throws IOException, InterruptedException {
        closed = true;
        selector.wakeup();
        thread.join(5_000);
        selector.close();
        listener.close();
    }

    private void run() {
        try {
            while (!closed) {
                selector.select(TICK_MILLIS);
                selector.selectedKeys().clear();
                accept();
                boolean reset = resetAll.getAndSet(false) || down;
                links.removeIf(link -> reset ? cut(link, true) : !moved(link) && cut(link, false));
                stopped = (int)
                        links.stream().filter(link -> link.requests.isStopped()).count();
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } finally {
            links.forEach(link -> cut(link, true));
        }
    }

    private void accept() throws IOException {
        for (SocketChannel client = listener.accept(); client != null; client = listener.accept()) {
            SocketChannel server = connect();
            if (server == null) {
                close(client, true);
                continue;
            }
            for (SocketChannel channel : List.of(client, server)) {
                channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
                channel.configureBlocking(false);
            }
            links.add(new Link(client, server, new ProxyPipe(client, server), new ProxyPipe(server, client)));
        }
    }

    private @Nullable SocketChannel connect() {
        try {
            return SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), target));
        } catch (IOException e) {
            return null; // nobody listens there: the client is told by a reset
        }
    }

    private boolean moved(Link link) {
        long now = System.nanoTime();
        try {
            return link.requests.move(requests, heldApis, now) && link.responses.move(responses, Set.of(), now);
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean cut(Link link, boolean hard) {
        close(link.client, hard);
        close(link.server, hard);
        return true;
    }

    private static void close(SocketChannel channel, boolean hard) {
        try {
            if (hard) {
                channel.setOption(StandardSocketOptions.SO_LINGER, 0); // a reset instead of an end
            }
            channel.close();
        } catch (IOException e) {
            // it was closed from the other end
        }
    }
}
