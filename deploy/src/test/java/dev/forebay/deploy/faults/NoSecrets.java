package dev.forebay.deploy.faults;

import java.util.List;

/** C11: no marker of a secret or of personal data is in any channel, nor in the headers of a dead letter. */
record NoSecrets(List<String> markers) implements Checker {
    @Override
    public List<String> violations(Evidence evidence) {
        return markers.stream()
                .flatMap(marker -> java.util.stream.Stream.concat(
                        evidence.texts().entrySet().stream()
                                .filter(channel -> channel.getValue().contains(marker))
                                .map(channel -> "told: a marker is in " + channel.getKey()),
                        evidence.terminals().stream()
                                .filter(terminal -> terminal.headers().values().stream()
                                        .anyMatch(value -> value.contains(hex(marker))))
                                .map(terminal -> "told: a marker is in the headers of " + terminal.position())))
                .toList();
    }

    private static String hex(String text) {
        return java.util.HexFormat.of().formatHex(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
}
