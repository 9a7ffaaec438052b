package dev.forebay.deploy.embedded;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.forebay.deploy.embedded.RegistryChange.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** The calls of the protocol by method and path, over one store and one log. */
final class RegistryService {
    private static final String SUBJECT = "/subjects/{}";
    private static final String VERSION = "/subjects/{}/versions/{}";

    private final List<RegistryRoute> routes = new ArrayList<>();
    private final RegistryLog log;
    private final SchemaStore store;
    private boolean doubtful;

    RegistryService(SchemaStore store, RegistryLog log) {
        this.log = log;
        this.store = store;
        RegistryReads reads = new RegistryReads(store);
        RegistryWrites writes = new RegistryWrites(store);
        readRoutes(reads);
        writeRoutes(writes);
        for (Setting setting : Setting.values()) {
            settingRoutes("/" + setting.name().toLowerCase(Locale.ROOT), setting, reads, writes);
        }
    }

    List<RegistryRoute> routes() {
        return routes;
    }

    private void readRoutes(RegistryReads reads) {
        read("GET", "/", request -> JsonNodeFactory.instance.objectNode());
        read("GET", "/subjects", reads::subjects);
        read("POST", SUBJECT, reads::lookUp);
        read("GET", SUBJECT + "/versions", reads::versions);
        read("GET", VERSION, reads::version);
        read("GET", VERSION + "/schema", reads::versionText);
        read("GET", VERSION + "/referencedby", request -> {
            reads.version(request);
            return RegistryReads.array(List.<String>of(), TextNode::valueOf);
        });
        read("GET", "/schemas", reads::allSchemas);
        read("GET", "/schemas/types", request -> RegistryReads.array(List.of("AVRO"), TextNode::valueOf));
        read("GET", "/schemas/ids/{}", reads::byId);
        read("GET", "/schemas/ids/{}/schema", reads::textById);
        read("GET", "/schemas/ids/{}/subjects", reads::subjectsOfId);
        read("GET", "/schemas/ids/{}/versions", reads::versionsOfId);
        read("POST", "/compatibility" + VERSION, reads::compatibleWithVersion);
        read("POST", "/compatibility" + SUBJECT + "/versions", reads::compatibleWithSubject);
    }

    private void writeRoutes(RegistryWrites writes) {
        write("POST", SUBJECT + "/versions", writes::register);
        write("DELETE", SUBJECT, writes::deleteSubject);
        write("DELETE", VERSION, writes::deleteVersion);
    }

    private void settingRoutes(String path, Setting setting, RegistryReads reads, RegistryWrites writes) {
        for (String pattern : List.of(path, path + "/{}")) {
            read("GET", pattern, request -> reads.setting(setting, request));
            write("PUT", pattern, request -> writes.set(setting, request));
            write("DELETE", pattern, request -> writes.reset(setting, request));
        }
    }

    private void read(String method, String pattern, Function<RegistryRequest, JsonNode> call) {
        routes.add(new RegistryRoute(method, pattern, call));
    }

    private void write(String method, String pattern, Function<RegistryRequest, RegistryDecision> decide) {
        routes.add(new RegistryRoute(method, pattern, request -> carryOut(request, decide)));
    }

    /** One write at a time: a decision holds only until the next change. */
    private synchronized JsonNode carryOut(
            RegistryRequest request, Function<RegistryRequest, RegistryDecision> decide) {
        if (doubtful) {
            throw new RegistryError(50001, "An earlier write may or may not be in the topic; restart the registry");
        }
        RegistryDecision decision = decide.apply(request);
        for (RegistryChange change : decision.changes()) {
            try {
                log.append(change);
            } catch (IllegalStateException e) {
                // INVARIANT: an id is never given twice, so nothing is decided on a state that may be out of date
                doubtful = true;
                throw new RegistryError(50001, "Error in the backend data store: " + e.getMessage());
            }
            store.apply(change);
        }
        return decision.answer();
    }
}
