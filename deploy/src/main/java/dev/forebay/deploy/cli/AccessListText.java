package dev.forebay.deploy.cli;

import dev.forebay.deploy.pipeline.AccessList;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.kafka.common.resource.ResourcePattern;

/** An access list as a table, in the words that Kafka's own tools take. */
final class AccessListText {
    private AccessListText() {}

    static List<String> lines(AccessList list) {
        int operations = list.rights().stream()
                .mapToInt(right -> right.operation().name().length())
                .max()
                .orElse(0);
        String row = "%-10s  %-" + Math.max("RIGHT".length(), operations) + "s  %-16s  %-8s  %s";
        List<String> lines = new ArrayList<>();
        lines.add(row.formatted("COMPONENT", "RIGHT", "RESOURCE", "PATTERN", "NAME"));
        for (AccessList.Right right : list.rights()) {
            ResourcePattern resource = right.resource();
            lines.add(row.formatted(
                    right.component().text(),
                    lower(right.operation()),
                    lower(resource.resourceType()).replace('_', '-'),
                    lower(resource.patternType()),
                    resource.name()));
        }
        return lines;
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
