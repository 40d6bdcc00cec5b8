package io.rolloutlab.stack.read;

import io.rolloutlab.stack.Place;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Other settings of one service.
 *
 * @param service by its name
 * @param settings by their keys below the service, with points between them, for example {@code
 *     deploy.update_config.order}; a value as it would stand in the file
 */
public record StackChange(String service, Map<String, String> settings) {
  public StackChange {
    settings = Map.copyOf(settings);
  }

  /** As a file that is laid over others would say it. */
  YamlPart.Block block(Place place) {
    YamlPart.Block its = new YamlPart.Block(place, Map.of());
    for (Map.Entry<String, String> setting : settings.entrySet()) {
      its = with(its, setting.getKey(), setting.getValue());
    }
    return holding(place, "services", holding(place, service, its));
  }

  private static YamlPart.Block with(YamlPart.Block block, String key, String value) {
    Place place = block.place();
    int point = key.indexOf('.');
    if (point < 0) {
      return and(block, key, new YamlPart.Word(place, value, true));
    }
    String first = key.substring(0, point);
    YamlPart.Entry there = block.entries().get(first);
    YamlPart.Block below =
        there != null && there.value() instanceof YamlPart.Block its
            ? its
            : new YamlPart.Block(place, Map.of());
    return and(block, first, with(below, key.substring(point + 1), value));
  }

  private static YamlPart.Block and(YamlPart.Block block, String key, YamlPart value) {
    Map<String, YamlPart.Entry> entries = new LinkedHashMap<>(block.entries());
    entries.put(key, new YamlPart.Entry(block.place(), value));
    return new YamlPart.Block(block.place(), entries);
  }

  private static YamlPart.Block holding(Place place, String key, YamlPart value) {
    return new YamlPart.Block(place, Map.of(key, new YamlPart.Entry(place, value)));
  }
}
