package dev.forebay.deploy.embedded;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** A method and a path pattern, {@code /subjects/{}/versions}, with what answers them. */
record RegistryRoute(String method, String pattern, Function<RegistryRequest, JsonNode> call) {
    /** What stands for the placeholders; empty where the path is another one. */
    Optional<List<String>> match(List<String> segments) {
        List<String> expected = segments(pattern);
        if (expected.size() != segments.size()) {
            return Optional.empty();
        }
        List<String> parameters = new ArrayList<>();
        for (int i = 0; i < segments.size(); i++) {
            if (expected.get(i).equals("{}")) {
                parameters.add(segments.get(i));
            } else if (!expected.get(i).equals(segments.get(i))) {
                return Optional.empty();
            }
        }
        return Optional.of(parameters);
    }

    /** The parts between slashes; a slash at the end counts for nothing. */
    static List<String> segments(String path) {
        List<String> segments = new ArrayList<>(List.of(path.split("/", -1)));
        segments.remove(0);
        if (!segments.isEmpty() && segments.get(segments.size() - 1).isEmpty()) {
            segments.remove(segments.size() - 1);
        }
        return segments;
    }
}
