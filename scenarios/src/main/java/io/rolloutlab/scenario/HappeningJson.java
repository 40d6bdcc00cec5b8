package io.rolloutlab.scenario;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * How happenings stand in histories: as in files, but that their settings always have their keys.
 * Those of a kind that this lab does not have are kept as they are.
 */
final class HappeningJson {
  private static final String AT = "at";
  private static final String AT_PHASE = "atPhase";

  private HappeningJson() {}

  /** Writes one. */
  static final class Writer extends StdSerializer<Happening> {
    private static final long serialVersionUID = 1L;

    Writer() {
      super(Happening.class);
    }

    @Override
    public void serialize(Happening value, JsonGenerator out, SerializerProvider provider)
        throws IOException {
      out.writeStartObject();
      provider.defaultSerializeField(AT, value.at(), out);
      if (value.atPhase() != null) {
        provider.defaultSerializeField(AT_PHASE, value.atPhase(), out);
      }
      provider.defaultSerializeField(value.kind(), value.settings(), out);
      out.writeEndObject();
    }
  }

  /** Reads one. */
  static final class Reader extends StdDeserializer<Happening> {
    private static final long serialVersionUID = 1L;

    Reader() {
      super(Happening.class);
    }

    @Override
    public Happening deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      JsonNode tree = context.readTree(parser);
      Duration at = null;
      Happening.Phase phase = null;
      String key = null;
      Object settings = null;
      for (Map.Entry<String, JsonNode> field : tree.properties()) {
        if (field.getKey().equals(AT)) {
          at = context.readTreeAsValue(field.getValue(), Duration.class);
        } else if (field.getKey().equals(AT_PHASE)) {
          phase = context.readTreeAsValue(field.getValue(), Happening.Phase.class);
        } else {
          key = field.getKey();
          settings = settings(context, key, field.getValue());
        }
      }
      return new Happening(at, phase, key, settings);
    }

    private static Object settings(DeserializationContext context, String key, JsonNode value)
        throws IOException {
      Optional<HappeningKind<?>> kind = HappeningKinds.named(key);
      return kind.isEmpty() ? value : context.readTreeAsValue(value, kind.get().settings());
    }
  }
}
