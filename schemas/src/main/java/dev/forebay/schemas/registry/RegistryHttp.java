package dev.forebay.schemas.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One call to the first registry that answers. It begins with the one that answered last; redirects are not followed,
 * because they would carry the credentials to wherever the answer says.
 */
final class RegistryHttp {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String CONTENT_TYPE = "application/vnd.schemaregistry.v1+json";
    private static final int MAX_BODY_BYTES = 4 << 20;
    private static final int MAX_MESSAGE = 500;

    private final List<URI> urls;
    private final Credentials credentials;
    private final Duration answerTimeout;
    private final HttpClient client;
    private volatile int preferred;

    RegistryHttp(ClientSettings settings) {
        this.urls = settings.urls();
        this.credentials = settings.credentials();
        this.answerTimeout =
                settings.timeouts().connect().plus(settings.timeouts().read());
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(settings.timeouts().connect());
        settings.tls().context().ifPresent(builder::sslContext);
        this.client = builder.build();
    }

    JsonNode get(String path) {
        return call(path, null);
    }

    JsonNode post(String path, JsonNode body) {
        return call(path, body.toString());
    }

    private JsonNode call(String path, @Nullable String body) {
        int first = preferred;
        List<String> failures = new ArrayList<>();
        IOException last = new IOException("no registry is configured");
        for (int i = 0; i < urls.size(); i++) {
            int index = (first + i) % urls.size();
            URI url = urls.get(index);
            try {
                JsonNode answer = answer(url, path, send(url, path, body));
                preferred = index;
                return answer;
            } catch (IOException e) {
                failures.add(shown(url) + " (" + e.getMessage() + ")");
                last = e;
            }
        }
        throw new RegistryUnavailableException("no schema registry answers: " + String.join(", ", failures), last);
    }

    private HttpResponse<byte[]> send(URI url, String path, @Nullable String body) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(shown(url) + path))
                .header("Accept", CONTENT_TYPE + ", application/json")
                .timeout(answerTimeout);
        credentials.header(url).ifPresent(header -> request.header("Authorization", header));
        if (body != null) {
            request.header("Content-Type", CONTENT_TYPE).POST(HttpRequest.BodyPublishers.ofString(body));
        }
        CompletableFuture<HttpResponse<byte[]>> response =
                client.sendAsync(request.build(), head -> new CappedBody(MAX_BODY_BYTES));
        try {
            // the request's own timeout ends with the headers; this one covers a body that trickles
            return response.get(answerTimeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new IOException(reason(e.getCause()), e);
        } catch (TimeoutException e) {
            response.cancel(true);
            throw new IOException("no answer within " + answerTimeout.toMillis() + " ms", e);
        } catch (InterruptedException e) {
            response.cancel(true);
            Thread.currentThread().interrupt();
            throw new RegistryUnavailableException("interrupted while waiting for the schema registry", e);
        }
    }

    /** IOException where this registry cannot work at present, so that the next one is asked. */
    private static JsonNode answer(URI url, String path, HttpResponse<byte[]> response) throws IOException {
        int status = response.statusCode();
        if (status >= 500 || status == 408 || status == 429) {
            throw new IOException("HTTP " + status);
        }
        if (status >= 300 && status < 400) {
            throw refused(status, url, path, "it redirects; set " + ClientSettings.URL + " to where it redirects to");
        }
        JsonNode body;
        try {
            body = JSON.readTree(response.body());
        } catch (IOException e) {
            body = JSON.missingNode();
        }
        if (status >= 200 && status < 300) {
            if (body.isMissingNode()) {
                throw new IOException("HTTP " + status + " with a body that is not JSON");
            }
            return body;
        }
        String message = body.path("message").asText("HTTP " + status + ", without an explanation");
        throw refused(body.path("error_code").asInt(status), url, path, message);
    }

    private static RegistryRefusedException refused(int code, URI url, String path, String message) {
        String brief = message.length() > MAX_MESSAGE ? message.substring(0, MAX_MESSAGE) + "..." : message;
        return new RegistryRefusedException(
                code, "the schema registry at " + shown(url) + " refuses " + path + " (" + code + "): " + brief);
    }

    private static String reason(@Nullable Throwable cause) {
        if (cause instanceof java.net.ConnectException) {
            return "connection refused or host unknown";
        }
        return cause == null || cause.getMessage() == null ? "connection failed" : cause.getMessage();
    }

    /** The URL without the user and password that it may hold. */
    private static String shown(URI url) {
        String port = url.getPort() < 0 ? "" : ":" + url.getPort();
        String path = url.getRawPath() == null ? "" : url.getRawPath();
        return url.getScheme().toLowerCase(Locale.ROOT) + "://" + url.getHost() + port + path;
    }
}
