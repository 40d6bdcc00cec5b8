package io.rolloutlab.scenario.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.EnumNamingStrategies;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.cfg.MapperBuilder;
import com.fasterxml.jackson.databind.deser.std.FromStringDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import io.rolloutlab.scenario.Scenario;
import io.rolloutlab.scenario.check.Durations;
import io.rolloutlab.scenario.check.Memory;
import java.io.IOException;
import java.time.Duration;

/** How the lab's records become text and back, the same in scenario files and histories. */
public final class Json {
  private Json() {}

  /**
   * Makes a mapper strict and teaches it the lab's types: an unknown or doubled key is an error,
   * nothing is converted silently (no "4" for 4, no 1.5 for 1), durations read and print as in
   * {@link Durations}, amounts of memory as in {@link Memory}, enumerations in lower case with
   * hyphens.
   */
  public static <B extends MapperBuilder<?, B>> B strict(B builder) {
    SimpleModule types = new SimpleModule("rollout-lab");
    types.addSerializer(Duration.class, new DurationWriter());
    types.addDeserializer(Duration.class, new DurationReader());
    types.addSerializer(Memory.class, new MemoryWriter());
    types.addDeserializer(Memory.class, new MemoryReader());
    types.addSerializer(Scenario.class, new ScenarioJson.Writer());
    types.addDeserializer(Scenario.class, new ScenarioJson.Reader());
    return builder
        .addModule(types)
        .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
        .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
        .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
        .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
        .enumNamingStrategy(EnumNamingStrategies.KEBAB_CASE);
  }

  private static final class DurationWriter extends StdSerializer<Duration> {
    private static final long serialVersionUID = 1L;

    DurationWriter() {
      super(Duration.class);
    }

    @Override
    public void serialize(Duration value, JsonGenerator out, SerializerProvider provider)
        throws IOException {
      out.writeString(Durations.print(value));
    }
  }

  private static final class DurationReader extends FromStringDeserializer<Duration> {
    private static final long serialVersionUID = 1L;

    DurationReader() {
      super(Duration.class);
    }

    @Override
    protected Duration _deserialize(String value, DeserializationContext context) {
      return Durations.parse(value);
    }
  }

  private static final class MemoryWriter extends StdSerializer<Memory> {
    private static final long serialVersionUID = 1L;

    MemoryWriter() {
      super(Memory.class);
    }

    @Override
    public void serialize(Memory value, JsonGenerator out, SerializerProvider provider)
        throws IOException {
      out.writeString(value.print());
    }
  }

  private static final class MemoryReader extends FromStringDeserializer<Memory> {
    private static final long serialVersionUID = 1L;

    MemoryReader() {
      super(Memory.class);
    }

    @Override
    protected Memory _deserialize(String value, DeserializationContext context) {
      return Memory.parse(value);
    }
  }
}
