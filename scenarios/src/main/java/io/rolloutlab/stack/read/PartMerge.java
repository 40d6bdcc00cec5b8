package io.rolloutlab.stack.read;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Lays a file over another, as {@code docker stack deploy -c A -c B} does (docker/cli {@code
 * cli/compose/loader/merge.go}): blocks key by key; ports by what they publish, configs and secrets
 * by their source, mounts by their target; commands and single values are replaced, other lists
 * grow. A value that is empty or 0 replaces nothing, but for the numbers of {@link #COUNTS}.
 */
final class PartMerge {
  /** Pointers in docker's types: there 0 is another thing than nothing. */
  private static final Set<String> COUNTS =
      Set.of("replicas", "parallelism", "max_attempts", "retries", "init");

  private static final Set<String> REPLACED = Set.of("command", "entrypoint", "test");
  private static final Set<String> PAIRED = Set.of("environment", "labels", "sysctls", "networks");
  private static final Map<String, Function<YamlPart, String>> KEYED =
      Map.of(
          "ports",
          PartMerge::published,
          "configs",
          part -> part(part, "source"),
          "secrets",
          part -> part(part, "source"),
          "volumes",
          PartMerge::target);

  private PartMerge() {}

  /** The second file over the first. */
  static YamlPart.Block files(YamlPart.Block base, YamlPart.Block over) {
    return blocks(
        base,
        over,
        (section, below, above) ->
            section.equals("services")
                    && below instanceof YamlPart.Block one
                    && above instanceof YamlPart.Block other
                ? blocks(one, other, PartMerge::service)
                : replaced(below, above));
  }

  /** What becomes of two values of one key. */
  private interface Merged {
    YamlPart of(String key, YamlPart base, YamlPart over);
  }

  private static YamlPart.Block blocks(YamlPart.Block base, YamlPart.Block over, Merged merged) {
    Map<String, YamlPart.Entry> entries = new LinkedHashMap<>(base.entries());
    over.entries()
        .forEach(
            (key, above) -> {
              YamlPart.Entry below = entries.get(key);
              YamlPart value =
                  below == null ? above.value() : merged.of(key, below.value(), above.value());
              if (below == null || value != below.value()) {
                entries.put(key, new YamlPart.Entry(above.place(), value));
              }
            });
    return new YamlPart.Block(base.place(), entries);
  }

  private static YamlPart service(String name, YamlPart base, YamlPart over) {
    return base instanceof YamlPart.Block one && over instanceof YamlPart.Block other
        ? blocks(one, other, PartMerge::merge)
        : over;
  }

  private static YamlPart merge(String key, YamlPart base, YamlPart over) {
    if (REPLACED.contains(key)) {
      return over;
    } else if (PAIRED.contains(key)) {
      return replaced(paired(base), paired(over));
    } else if (base instanceof YamlPart.Block one && over instanceof YamlPart.Block other) {
      return blocks(one, other, PartMerge::merge);
    } else if (base instanceof YamlPart.Items one && over instanceof YamlPart.Items other) {
      return lists(key, one, other);
    }
    return over instanceof YamlPart.Word word && !COUNTS.contains(key) && isEmpty(word)
        ? base
        : over;
  }

  /** Name by name, whatever a value is. */
  private static YamlPart replaced(YamlPart base, YamlPart over) {
    if (!(base instanceof YamlPart.Block below) || !(over instanceof YamlPart.Block above)) {
      return over;
    }
    Map<String, YamlPart.Entry> entries = new LinkedHashMap<>(below.entries());
    entries.putAll(above.entries());
    return new YamlPart.Block(base.place(), entries);
  }

  private static YamlPart lists(String key, YamlPart.Items base, YamlPart.Items over) {
    List<YamlPart> items = new ArrayList<>(base.items());
    Function<YamlPart, String> its = KEYED.get(key);
    for (YamlPart item : over.items()) {
      if (its != null) {
        items.removeIf(earlier -> its.apply(earlier).equals(its.apply(item)));
      }
      items.add(item);
    }
    return new YamlPart.Items(base.place(), items);
  }

  /** Whether docker cannot tell it from nothing. */
  private static boolean isEmpty(YamlPart.Word word) {
    return word.kind() == WordKind.NOTHING
        || word.text().isEmpty()
        || word.text().matches("0|0?\\.0+|0(?:ns|us|ms|s|m|h)|(?i:false)");
  }

  /** A list of {@code NAME=value}, or of names, as a block. */
  private static YamlPart paired(YamlPart part) {
    if (!(part instanceof YamlPart.Items list)) {
      return part;
    }
    Map<String, YamlPart.Entry> entries = new LinkedHashMap<>();
    for (YamlPart item : list.items()) {
      YamlPart.Pair pair = YamlPart.Pair.of((YamlPart.Word) item);
      entries.put(pair.name(), new YamlPart.Entry(item.place(), pair.value()));
    }
    return new YamlPart.Block(list.place(), entries);
  }

  private static String published(YamlPart part) {
    return part instanceof YamlPart.Word word
        ? String.valueOf(PortSyntax.ports(word.text(), word.place()).get(0).published())
        : part(part, "published");
  }

  private static String target(YamlPart part) {
    return part instanceof YamlPart.Word word
        ? Mount.of(word.text()).target()
        : part(part, "target");
  }

  /** A word of an item, or the item itself where that is a word. */
  private static String part(YamlPart item, String key) {
    if (item instanceof YamlPart.Word word) {
      return word.text();
    }
    YamlPart.Entry entry = ((YamlPart.Block) item).entries().get(key);
    return entry != null && entry.value() instanceof YamlPart.Word word ? word.text() : "";
  }
}
