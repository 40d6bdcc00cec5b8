package io.rolloutlab.scenario.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import io.rolloutlab.scenario.AlarmPlan;
import io.rolloutlab.scenario.Scenario;
import io.rolloutlab.scenario.Strategy;
import io.rolloutlab.scenario.StrategySettings;
import io.rolloutlab.scenario.check.InvalidValueException;
import io.rolloutlab.scenario.check.Records;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.List;

/** A scenario as an object whose strategy has its settings under its own key. */
final class ScenarioJson {
  private static final RecordComponent[] COMPONENTS = Scenario.class.getRecordComponents();

  private ScenarioJson() {}

  static final class Writer extends StdSerializer<Scenario> {
    private static final long serialVersionUID = 1L;

    Writer() {
      super(Scenario.class);
    }

    @Override
    public void serialize(Scenario scenario, JsonGenerator out, SerializerProvider provider)
        throws IOException {
      out.writeStartObject(scenario);
      for (RecordComponent component : COMPONENTS) {
        Object value = Records.value(component, scenario);
        boolean nothing =
            value == null
                || value instanceof List<?> list && list.isEmpty()
                || component.getName().equals("repeats") && value.equals(1)
                || component.getName().equals("patience") && value.equals(1.0)
                || value instanceof AlarmPlan alarm && alarm.goesWithoutSaying(scenario.app());
        if (!nothing) {
          provider.defaultSerializeField(key(component, scenario.strategy()), value, out);
        }
      }
      out.writeEndObject();
    }
  }

  static final class Reader extends StdDeserializer<Scenario> {
    private static final long serialVersionUID = 1L;

    Reader() {
      super(Scenario.class);
    }

    @Override
    public Scenario deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      if (!(context.readTree(parser) instanceof ObjectNode tree)) {
        return context.reportInputMismatch(this, "a scenario is an object");
      }
      JsonNode name = tree.get("strategy");
      Strategy strategy = name == null ? null : value(name, "strategy", Strategy.class, context);
      Object[] values = new Object[COMPONENTS.length];
      for (int i = 0; i < values.length; i++) {
        RecordComponent component = COMPONENTS[i];
        if (isSettings(component) && strategy == null) {
          continue;
        }
        String key = key(component, strategy);
        JsonNode node = tree.remove(key);
        if (node != null && !node.isNull()) {
          Type type = isSettings(component) ? strategy.settings() : component.getGenericType();
          values[i] = value(node, key, type, context);
        }
      }
      if (!tree.isEmpty()) {
        context.handleUnknownProperty(parser, this, Scenario.class, tree.fieldNames().next());
      }
      try {
        return Records.made(Scenario.class, values);
      } catch (InvalidValueException refused) {
        throw context.instantiationException(Scenario.class, refused);
      }
    }

    private static <T> T value(JsonNode node, String key, Type type, DeserializationContext context)
        throws IOException {
      try {
        return context.readTreeAsValue(node, context.getTypeFactory().constructType(type));
      } catch (JsonMappingException bad) {
        throw JsonMappingException.wrapWithPath(bad, Scenario.class, key);
      }
    }
  }

  private static String key(RecordComponent component, Strategy strategy) {
    return isSettings(component) ? strategy.key() : component.getName();
  }

  private static boolean isSettings(RecordComponent component) {
    return component.getType() == StrategySettings.class;
  }
}
