package dev.forebay.schemas.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.forebay.schemas.config.Problems;
import dev.forebay.schemas.config.Section;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;

/** The client of a registry that speaks Confluent's protocol. What a registry once said of an id or schema stays true. */
public final class HttpSchemaRegistry implements SchemaRegistry {
    private static final int SUBJECT_UNKNOWN = 40401;
    private static final int SCHEMA_UNKNOWN = 40403;

    private final RegistryHttp http;
    private final ClientSettings.Registration registration;
    private final SchemaTexts texts;
    private final LongSupplier clock;
    private final UnknownIds unknownIds;
    private final Map<Integer, Schema> schemas = new ConcurrentHashMap<>();
    private final Map<Registered, Integer> ids = new ConcurrentHashMap<>();

    private record Registered(String subject, Schema schema) {}

    HttpSchemaRegistry(ClientSettings settings, LongSupplier clock) {
        this.http = new RegistryHttp(settings);
        this.registration = settings.registration();
        this.texts = new SchemaTexts(http);
        this.clock = clock;
        this.unknownIds = new UnknownIds(settings.timeouts().unknownId());
    }

    /**
     * Connects with the first call, not here.
     *
     * @throws dev.forebay.schemas.config.ConfigException where the properties cannot be used
     */
    public static HttpSchemaRegistry of(RegistryConfig config) {
        Problems problems = new Problems();
        Section section = Section.of(config.properties(), problems);
        ClientSettings settings = ClientSettings.read(section);
        section.done();
        problems.check();
        return new HttpSchemaRegistry(settings, System::nanoTime);
    }

    @Override
    public int idOf(String subject, Schema schema) {
        Registered key = new Registered(subject, schema);
        Integer known = ids.get(key);
        if (known == null) {
            known = registration.useLatest() ? latest(subject, schema) : own(subject, schema);
            ids.put(key, known);
        }
        return known;
    }

    @Override
    public Optional<Schema> byId(int id) {
        Schema known = schemas.get(id);
        if (known != null || unknownIds.contains(id, clock.getAsLong())) {
            return Optional.ofNullable(known);
        }
        Optional<Schema> fetched = fetch(id);
        fetched.ifPresentOrElse(schema -> schemas.put(id, schema), () -> unknownIds.add(id, clock.getAsLong()));
        return fetched;
    }

    private Optional<Schema> fetch(int id) {
        // ids are unsigned to nobody: a registry gives none below 1
        if (id < 1) {
            return Optional.empty();
        }
        try {
            return texts.parse(http.get("/schemas/ids/" + id));
        } catch (RegistryRefusedException e) {
            // INVARIANT: a plain 404 is a wrong URL, not an unknown id; taking it for one would dead-letter everything
            if (e.errorCode() == SCHEMA_UNKNOWN) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private int own(String subject, Schema schema) {
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("schema", schema.toString());
        String normalize = registration.normalize() ? "?normalize=true" : "";
        String path = "/subjects/" + segment(subject);
        if (registration.automatic()) {
            return id(http.post(path + "/versions" + normalize, body));
        }
        try {
            return id(http.post(path + normalize, body));
        } catch (RegistryRefusedException e) {
            if (e.errorCode() != SUBJECT_UNKNOWN && e.errorCode() != SCHEMA_UNKNOWN) {
                throw e;
            }
            throw new RegistryRefusedException(
                    e.errorCode(),
                    "the schema of " + schema.getFullName() + " is not registered under subject '" + subject
                            + "'; register it, or set " + ClientSettings.AUTO_REGISTER + ": true");
        }
    }

    private int latest(String subject, Schema schema) {
        JsonNode latest = http.get("/subjects/" + segment(subject) + "/versions/latest");
        Schema found = texts.parse(latest)
                .orElseThrow(() -> new RegistryRefusedException(
                        SCHEMA_UNKNOWN, "the latest version of subject '" + subject + "' is not Avro"));
        // the same parsing form is the same bytes, whatever the documentation says
        if (!SchemaNormalization.toParsingForm(found).equals(SchemaNormalization.toParsingForm(schema))) {
            throw new RegistryRefusedException(
                    SCHEMA_UNKNOWN,
                    "the latest version of subject '" + subject + "' is not the schema of " + schema.getFullName()
                            + " that is written here; register that, or set " + ClientSettings.USE_LATEST + ": false");
        }
        return id(latest);
    }

    private static int id(JsonNode answer) {
        JsonNode id = answer.path("id");
        if (!id.isInt()) {
            throw new RegistryUnavailableException(
                    "the schema registry answered without an id", new IllegalStateException("no id"));
        }
        return id.intValue();
    }

    static String segment(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
