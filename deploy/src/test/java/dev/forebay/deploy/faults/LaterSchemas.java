package dev.forebay.deploy.faults;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.forebay.schemas.ReasonCode;
import dev.forebay.schemas.record.Request;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;

/** F21: clients that write requests with schemas that the worker does not have. */
final class LaterSchemas {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int REQUESTS = 60;

    private LaterSchemas() {}

    static void strike(FaultRun run) throws Exception {
        run.workers().start();
        run.send(REQUESTS);
        run.faultBegins("later schemas");
        String subject = run.topics().work().name() + "-value";
        call(run, "PUT", "/config/" + subject, Map.of("compatibility", "NONE"));
        Schema now = Request.getClassSchema();
        Schema fieldMore = edited(now, ",{\"name\":\"note\",\"type\":\"string\",\"default\":\"\"}]", true);
        Schema symbolMore = edited(now, "\"BULK\",\"NIGHT\"]", false);
        Schema fieldLess = SchemaBuilder.record("Request")
                .namespace(now.getNamespace())
                .fields()
                .requiredString("request_id")
                .endRecord();
        for (int i = 0; i < REQUESTS; i++) {
            switch (run.random().nextInt(3)) {
                case 0 -> readable(run, fieldMore, subject);
                case 1 -> readable(run, symbolMore, subject);
                default -> {
                    GenericData.Record less = new GenericData.Record(fieldLess);
                    less.put("request_id", run.client().nextId());
                    run.send(Ask.bytes(run.key(), bytes(run, less, subject), ReasonCode.MALFORMED));
                }
            }
            run.send(1);
        }
        run.awaitAllEnded();
        run.faultHealed("later schemas");
    }

    private static void readable(FaultRun run, Schema schema, String subject) throws Exception {
        String id = run.client().nextId();
        Ask plain = Ask.text(run.key(), "written by a later client " + id);
        GenericData.Record request = new GenericData.Record(schema);
        request.put("request_id", id);
        request.put("task", FaultRun.TASK);
        request.put("tenant", "default");
        request.put("text", plain.text());
        request.put("attributes", Map.of());
        Schema lane = schema.getField("lane").schema();
        String symbol = lane.getEnumSymbols().get(lane.getEnumSymbols().size() - 1);
        request.put("lane", new GenericData.EnumSymbol(lane, symbol));
        request.put("issued_at", Instant.now().toEpochMilli());
        if (schema.getField("note") != null) {
            request.put("note", "new");
        }
        run.send(Ask.bytes(plain.key(), bytes(run, request, subject), ReasonCode.MALFORMED)
                .ending(plain.ending()));
    }

    /** The schema with a piece put in at the end of its fields, or of its lanes. */
    private static Schema edited(Schema schema, String piece, boolean fields) {
        String text = schema.toString();
        int at = fields ? text.lastIndexOf(']') : text.indexOf("\"BULK\"]");
        int length = fields ? 1 : "\"BULK\"]".length();
        return new Schema.Parser().parse(text.substring(0, at) + piece + text.substring(at + length));
    }

    private static byte[] bytes(FaultRun run, GenericData.Record record, String subject) throws Exception {
        String answer = call(
                run,
                "POST",
                "/subjects/" + subject + "/versions",
                Map.of("schema", record.getSchema().toString()));
        int id = JSON.readTree(answer).get("id").asInt();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(0);
        out.write(ByteBuffer.allocate(4).putInt(id).array());
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
        new GenericDatumWriter<GenericData.Record>(record.getSchema()).write(record, encoder);
        encoder.flush();
        return out.toByteArray();
    }

    private static String call(FaultRun run, String method, String path, Map<String, String> body)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(run.lab().registryUrl() + path))
                .header("Content-Type", "application/vnd.schemaregistry.v1+json")
                .method(method, HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)))
                .build();
        HttpResponse<String> response = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new IllegalStateException(method + " " + path + ": " + response.body());
        }
        return response.body();
    }
}
