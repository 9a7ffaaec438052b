package dev.forebay.deploy.embedded;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** HTTP exchanges to calls and back; every answer is JSON, also that there is no such path. */
final class RegistryEndpoint implements HttpHandler {
    private static final Logger LOG = LoggerFactory.getLogger(RegistryEndpoint.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String CONTENT_TYPE = "application/vnd.schemaregistry.v1+json";
    private static final int MAX_BODY_BYTES = 2 << 20;
    private static final long MAX_DRAINED_BYTES = 32 << 20;
    /** A page in a browser that resolves its own name to this machine would send another host. */
    private static final Pattern OWN_HOST = Pattern.compile("(127\\.0\\.0\\.1|localhost|\\[::1])(:\\d+)?");

    private final List<RegistryRoute> routes;

    RegistryEndpoint(List<RegistryRoute> routes) {
        this.routes = List.copyOf(routes);
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            int status = 200;
            JsonNode answer;
            try {
                answer = answer(exchange);
            } catch (RegistryError e) {
                status = e.status();
                answer = error(e.code(), String.valueOf(e.getMessage()));
            } catch (RuntimeException e) {
                LOG.error("the embedded registry failed at {}", exchange.getRequestMethod(), e);
                status = 500;
                answer = error(50001, "Internal error: " + e.getClass().getSimpleName());
            }
            byte[] body = JSON.writeValueAsBytes(answer);
            exchange.getResponseHeaders().set("Content-Type", CONTENT_TYPE);
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private JsonNode answer(HttpExchange exchange) throws IOException {
        String host = exchange.getRequestHeaders().getFirst("Host");
        if (host == null || !OWN_HOST.matcher(host).matches()) {
            throw new RegistryError(403, "This registry answers for 127.0.0.1 and localhost only");
        }
        byte[] body = body(exchange.getRequestBody());
        List<String> path = path(exchange);
        RegistryRoute route = route(exchange.getRequestMethod(), path);
        return route.call().apply(new RegistryRequest(route.match(path).orElseThrow(), query(exchange), parsed(body)));
    }

    private RegistryRoute route(String method, List<String> path) {
        List<RegistryRoute> there =
                routes.stream().filter(route -> route.match(path).isPresent()).toList();
        if (there.isEmpty()) {
            throw new RegistryError(404, "HTTP 404 Not Found");
        }
        return there.stream()
                .filter(route -> route.method().equals(method))
                .findFirst()
                .orElseThrow(() -> new RegistryError(405, "HTTP 405 Method Not Allowed"));
    }

    private static byte[] body(InputStream in) throws IOException {
        byte[] body = in.readNBytes(MAX_BODY_BYTES + 1);
        if (body.length <= MAX_BODY_BYTES) {
            return body;
        }
        // a client that is still sending would see a broken connection instead of the answer
        byte[] waste = new byte[1 << 16];
        long left = MAX_DRAINED_BYTES;
        for (int read = 0; read >= 0 && left > 0; left -= read) {
            read = in.read(waste);
        }
        throw new RegistryError(413, "The body is longer than " + MAX_BODY_BYTES + " bytes");
    }

    private static JsonNode parsed(byte[] body) throws IOException {
        try {
            return body.length == 0 ? JSON.missingNode() : JSON.readTree(body);
        } catch (JsonProcessingException e) {
            throw new RegistryError(400, "The body is not JSON");
        }
    }

    private static List<String> path(HttpExchange exchange) {
        return RegistryRoute.segments(exchange.getRequestURI().getRawPath()).stream()
                .map(segment -> decoded(segment.replace("+", "%2B")))
                .toList();
    }

    private static Map<String, String> query(HttpExchange exchange) {
        Map<String, String> query = new HashMap<>();
        String raw = Optional.ofNullable(exchange.getRequestURI().getRawQuery()).orElse("");
        for (String pair : raw.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                query.put(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
            }
        }
        return query;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new RegistryError(400, "The path or query is not well encoded");
        }
    }

    private static JsonNode error(int code, String message) {
        return JSON.createObjectNode().put("error_code", code).put("message", message);
    }
}
