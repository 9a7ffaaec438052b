package dev.forebay.processors.intake;

import dev.forebay.processors.event.Event;
import dev.forebay.processors.format.EventFormat;
import dev.forebay.processors.format.JsonFormat;
import dev.forebay.processors.format.Value;
import dev.forebay.schemas.ReasonCode;
import dev.forebay.schemas.serde.Decoded;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;

/**
 * Opens CloudEvents 1.0 as the Kafka protocol binding has them: binary, with the context in headers {@code ce_id} and the
 * like, or structured, a JSON value with context and data.
 */
final class CloudEvents implements Opening {
    private static final String STRUCTURED = "application/cloudevents";
    private static final String STRUCTURED_JSON = STRUCTURED + "+json";

    private final EventFormat format;
    private final JsonFormat json = new JsonFormat();

    /** @param format of the data */
    CloudEvents(EventFormat format) {
        this.format = format;
    }

    @Override
    public Opened open(Event event, byte[] value, Envelope outer) {
        String contentType =
                event.header("content-type").map(CloudEvents::mediaType).orElse("");
        if (!contentType.startsWith(STRUCTURED)) {
            return opened(CloudEvent.read(name -> event.header("ce_" + name)), event, outer, () -> format.parse(value));
        }
        Decoded<Value> envelope = contentType.equals(STRUCTURED_JSON)
                ? json.parse(value)
                : new Decoded.Bad<>(
                        ReasonCode.MALFORMED,
                        "The content-type is one of CloudEvents other than " + STRUCTURED_JSON + ". Send that one.");
        return envelope.fold(
                good -> opened(
                        CloudEvent.read(name -> text(good.value(), name)), event, outer, () -> data(good.value())),
                bad -> new Opened(outer, new Decoded.Bad<>(bad.code(), bad.message())));
    }

    private static Opened opened(Decoded<CloudEvent> context, Event event, Envelope outer, Data data) {
        return context.fold(
                good -> new Opened(good.value().in(outer, event), data.read()),
                bad -> new Opened(outer, new Decoded.Bad<>(bad.code(), bad.message())));
    }

    private Decoded<Value> data(Value envelope) {
        Value data = envelope.child("data");
        Value encoded = envelope.child("data_base64");
        if (encoded.kind().isNothing()) {
            return format.parseWithin(data);
        }
        if (data.kind() != Value.Kind.ABSENT) {
            return CloudEvent.wrong("data_base64", "stands beside data");
        }
        Optional<byte[]> bytes = encoded.kind() == Value.Kind.TEXT ? decoded(encoded.printed()) : Optional.empty();
        return bytes.map(format::parse).orElseGet(() -> CloudEvent.wrong("data_base64", "is empty or no base64"));
    }

    private static Optional<byte[]> decoded(String base64) {
        try {
            return Optional.of(Base64.getDecoder().decode(base64)).filter(bytes -> bytes.length > 0);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** A number, a list or the like is as wrong as an empty text; null is as good as absent. */
    private static Optional<String> text(Value envelope, String name) {
        Value found = envelope.child(name);
        return found.kind().isNothing()
                ? Optional.empty()
                : Optional.of(found.kind() == Value.Kind.TEXT ? found.printed() : "");
    }

    private static String mediaType(String header) {
        int parameters = header.indexOf(';');
        return (parameters < 0 ? header : header.substring(0, parameters))
                .strip()
                .toLowerCase(Locale.ROOT);
    }

    private interface Data {
        Decoded<Value> read();
    }
}
