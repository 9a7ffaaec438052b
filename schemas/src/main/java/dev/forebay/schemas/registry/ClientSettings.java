package dev.forebay.schemas.registry;

import dev.forebay.schemas.config.Loopback;
import dev.forebay.schemas.config.Section;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What the properties of a {@link RegistryConfig} mean. */
record ClientSettings(
        List<URI> urls,
        Credentials credentials,
        TlsFiles tls,
        Timeouts timeouts,
        Registration registration,
        SubjectNaming valueNaming,
        SubjectNaming keyNaming) {
    static final String URL = "schema.registry.url";
    static final String AUTO_REGISTER = "auto.register.schemas";
    static final String USE_LATEST = "use.latest.version";

    private static final String EXAMPLE = "http://localhost:8081";
    private static final String STRATEGIES = "TopicNameStrategy, RecordNameStrategy, TopicRecordNameStrategy";

    /** How long is waited, and how long an unknown id is remembered. */
    record Timeouts(Duration connect, Duration read, Duration unknownId) {}

    /** What happens to a schema that is written. */
    record Registration(boolean automatic, boolean useLatest, boolean normalize) {}

    static ClientSettings read(Section section) {
        List<URI> urls = urls(section);
        Registration registration = new Registration(
                flag(section, AUTO_REGISTER), flag(section, USE_LATEST), flag(section, "normalize.schemas"));
        if (registration.automatic() && registration.useLatest()) {
            section.problem(USE_LATEST, "false where " + AUTO_REGISTER + " is true", "Keep one of the two.");
        }
        return new ClientSettings(
                urls,
                Credentials.read(section, urls),
                TlsFiles.read(section),
                timeouts(section),
                registration,
                naming(section, "value.subject.name.strategy"),
                naming(section, "key.subject.name.strategy"));
    }

    /** Notes a URL that would send credentials and schemas in the clear to another machine. */
    void refuseInsecure(Section section) {
        for (URI url : urls) {
            if ("http".equalsIgnoreCase(url.getScheme()) && !Loopback.is(url.getHost())) {
                section.problem(
                        URL,
                        "https, because " + url.getHost() + " is not on this machine",
                        "Write https, or set registry." + RegistryConfig.ALLOW_INSECURE
                                + ": true to send credentials and schemas in the clear.");
                return;
            }
        }
    }

    private static Timeouts timeouts(Section section) {
        return new Timeouts(
                Duration.ofMillis(section.integer("http.connect.timeout.ms", 5_000, 1, 600_000)),
                Duration.ofMillis(section.integer("http.read.timeout.ms", 10_000, 1, 600_000)),
                Duration.ofSeconds(section.integer("missing.id.cache.ttl.sec", 10, 0, 86_400)));
    }

    private static List<URI> urls(Section section) {
        String given = section.requiredString(URL, EXAMPLE);
        List<URI> urls = new ArrayList<>();
        List<String> parts = Stream.of(given.split(",")).map(String::strip).toList();
        for (String part : parts) {
            url(part).ifPresent(urls::add);
        }
        if (!given.isBlank() && urls.size() < Math.max(1, parts.size())) {
            section.problem(URL, "http or https URLs, separated by commas", "Write for example " + EXAMPLE + ".");
        }
        return urls;
    }

    private static Optional<URI> url(String text) {
        try {
            URI url = URI.create(text.replaceAll("/+$", ""));
            boolean http = "http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme());
            boolean plain = url.getHost() != null && url.getQuery() == null && url.getFragment() == null;
            return http && plain ? Optional.of(url) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Like {@link Section#flag}, but a Kafka client hands its properties over as texts. */
    private static boolean flag(Section section, String key) {
        String value = section.string(key, "false");
        if (!value.equals("true") && !value.equals("false")) {
            section.problem(key, "true or false", "Write " + key + ": false.");
        }
        return value.equals("true");
    }

    private static SubjectNaming naming(Section section, String key) {
        Optional<SubjectNaming> naming = SubjectNaming.named(section.string(key, SubjectNaming.TOPIC_NAME.strategy()));
        if (naming.isEmpty()) {
            section.problem(key, STRATEGIES, "Remove it for TopicNameStrategy.");
        }
        return naming.orElse(SubjectNaming.TOPIC_NAME);
    }
}
