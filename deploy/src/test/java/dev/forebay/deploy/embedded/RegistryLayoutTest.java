package dev.forebay.deploy.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.deploy.embedded.RegistryChange.Setting;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class RegistryLayoutTest {
    static Stream<RegistryChange> changes() {
        return Stream.of(
                new RegistryChange.Stored(new StoredSchema("s", 2, 7, "\"int\"", false)),
                new RegistryChange.Stored(new StoredSchema("s", 2, 7, "\"int\"", true)),
                new RegistryChange.Removed("s", 2),
                new RegistryChange.Set(Setting.CONFIG, null, "FULL"),
                new RegistryChange.Set(Setting.CONFIG, "s", "NONE"),
                new RegistryChange.Set(Setting.MODE, "s", null));
    }

    @ParameterizedTest
    @MethodSource("changes")
    void whatIsWrittenIsReadBack(RegistryChange change) {
        assertThat(RegistryLayout.change(RegistryLayout.key(change), RegistryLayout.value(change)))
                .contains(change);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{'keytype':'NOOP','magic':0}                                     |",
                "{'keytype':'CLEAR_SUBJECT','subject':'s','magic':0}              | {'subject':'s'}",
                "{'keytype':'SCHEMA','subject':'s','version':1,'magic':1}         | {'id':1,'schemaType':'PROTOBUF','schema':'x'}",
                "{'keytype':'DELETE_SUBJECT','subject':'s','magic':0}             |",
            })
    void recordsOfOtherRegistriesThatMeanNothingHereArePassedOver(String key, @Nullable String value) {
        assertThat(RegistryLayout.change(bytes(key), value == null ? null : bytes(value)))
                .isEmpty();
    }

    @Test
    void aSubjectDeletedByAnotherRegistryIsDeletedHere() {
        SchemaStore store = new SchemaStore();
        store.apply(new RegistryChange.Stored(new StoredSchema("s", 1, 1, "\"int\"", false)));
        store.apply(new RegistryChange.Stored(new StoredSchema("s", 2, 2, "\"long\"", false)));

        store.apply(RegistryLayout.change(
                        bytes("{'keytype':'DELETE_SUBJECT','subject':'s','magic':0}"),
                        bytes("{'subject':'s','version':1}"))
                .orElseThrow());

        assertThat(store.versions("s", false)).extracting(StoredSchema::version).containsExactly(2);
        assertThat(store.nextId()).isEqualTo(3);
    }

    private static byte[] bytes(String json) {
        return json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    }
}
