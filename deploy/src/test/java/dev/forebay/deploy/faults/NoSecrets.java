package dev.forebay.deploy.faults;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** C11: no marker of a secret or of personal data is in any channel, nor in the headers or the code of a dead letter. */
record NoSecrets(List<String> markers) implements Checker {
    @Override
    public List<String> violations(Evidence evidence) {
        List<String> found = new ArrayList<>();
        for (String marker : markers) {
            evidence.texts().forEach((channel, text) -> {
                if (text.contains(marker)) {
                    found.add("told: a marker is in " + channel);
                }
            });
            String hex = HexFormat.of().formatHex(marker.getBytes(StandardCharsets.UTF_8));
            evidence.terminals().stream()
                    .filter(terminal -> terminal.headers().values().stream().anyMatch(value -> value.contains(hex)))
                    .forEach(terminal -> found.add("told: a marker is in the headers of " + terminal.position()));
        }
        return found;
    }
}
