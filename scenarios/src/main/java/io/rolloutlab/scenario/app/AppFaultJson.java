package io.rolloutlab.scenario.app;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** How faults stand in histories: as in files, but always with all their settings. */
final class AppFaultJson {
  private AppFaultJson() {}

  /** Writes one. */
  static final class Writer extends StdSerializer<AppFault> {
    private static final long serialVersionUID = 1L;

    Writer() {
      super(AppFault.class);
    }

    @Override
    public void serialize(AppFault value, JsonGenerator out, SerializerProvider provider)
        throws IOException {
      out.writeStartObject();
      provider.defaultSerializeField(AppFaultKind.of(value).word(), value, out);
      out.writeEndObject();
    }
  }

  /** Reads one. */
  static final class Reader extends StdDeserializer<AppFault> {
    private static final long serialVersionUID = 1L;

    Reader() {
      super(AppFault.class);
    }

    @Override
    public AppFault deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      JsonNode tree = context.readTree(parser);
      if (tree.size() != 1) {
        return context.reportInputMismatch(this, "a fault is an object with the key of its kind");
      }
      Map.Entry<String, JsonNode> only = tree.properties().iterator().next();
      Optional<AppFaultKind> kind = AppFaultKind.named(only.getKey());
      if (kind.isEmpty()) {
        return context.reportInputMismatch(
            this, "this lab knows no fault \"%s\" of an app", only.getKey());
      }
      return context.readTreeAsValue(only.getValue(), kind.get().settings());
    }
  }
}
