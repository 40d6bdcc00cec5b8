package io.rolloutlab.scenario.read;

import io.rolloutlab.scenario.AlarmPlan;
import io.rolloutlab.scenario.Happening;
import io.rolloutlab.scenario.Strategy;
import io.rolloutlab.scenario.StrategySettings;
import io.rolloutlab.scenario.app.AppFault;
import io.rolloutlab.scenario.check.Complaints;
import io.rolloutlab.scenario.check.Fault;
import io.rolloutlab.scenario.check.InvalidValueException;
import io.rolloutlab.scenario.check.Nearest;
import io.rolloutlab.scenario.check.Records;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Makes records of nodes. Where a value is refused, it is complained about and its default taken,
 * so that everything else that is wrong is found as well.
 */
public final class Binder {
  private final Complaints complaints;

  public Binder(Complaints complaints) {
    this.complaints = complaints;
  }

  /**
   * Makes a record.
   *
   * @return null when not even with defaults one can be made
   */
  public <T> T record(Class<T> type, YamlNode node) {
    return type.cast(value(type, node, ""));
  }

  /** Makes a value of any type that a component can have; null where it is refused or nothing. */
  Object value(Type type, YamlNode node, String path) {
    if (node instanceof YamlNode.Refused || node instanceof YamlNode.Word w && w.isNothing()) {
      return null;
    }
    if (type instanceof ParameterizedType generic) {
      return generic.getRawType() == List.class
          ? list(generic.getActualTypeArguments()[0], node, path)
          : block(generic.getActualTypeArguments()[1], node, path);
    }
    Class<?> raw = (Class<?>) type;
    if (raw == AppFault.class) {
      return new FaultBinder(this, complaints).fault(node, path);
    }
    if (raw == YamlNode.Block.class && node instanceof YamlNode.Block) {
      // Who asks for a block as it stands reads it later.
      return node;
    }
    if (raw.isRecord() && raw != YamlNode.Block.class && !Scalars.isOneWord(raw)) {
      if (node instanceof YamlNode.Block block) {
        return raw == Happening.class
            ? new HappeningBinder(this, complaints).happening(block, path)
            : record(raw, block, path);
      }
      if (raw == AlarmPlan.class
          && node instanceof YamlNode.Word word
          && word.text().equals(AlarmPlan.NOBODY)) {
        return AlarmPlan.NONE;
      }
    } else if (node instanceof YamlNode.Word word) {
      try {
        return Scalars.read(raw, word);
      } catch (IllegalArgumentException bad) {
        complaints.add(word.line(), path, bad.getMessage());
        return null;
      }
    }
    complaints.add(node.line(), path, "wrong type: %s is wanted here".formatted(Scalars.name(raw)));
    return null;
  }

  /**
   * Makes the settings of a kind, which stand under its key. What is one value only can be written
   * without its own key.
   *
   * @param type a record
   */
  Object settings(Class<?> type, YamlNode.Entry kind, String path) {
    RecordComponent[] components = type.getRecordComponents();
    YamlNode value = kind.value();
    if (value instanceof YamlNode.Word word && word.isNothing()) {
      complaints.add(kind.line(), path, "has no value");
      return null;
    }
    if (value instanceof YamlNode.Word word && components.length == 1) {
      YamlNode.Entry only = new YamlNode.Entry(components[0].getName(), word.line(), word);
      value = new YamlNode.Block(word.line(), List.of(only));
    }
    return value(type, value, path);
  }

  private List<?> list(Type of, YamlNode node, String path) {
    if (!(node instanceof YamlNode.Items items)) {
      complaints.add(node.line(), path, "wrong type: a list is wanted here");
      return null;
    }
    List<Object> values = new ArrayList<>();
    for (int i = 0; i < items.items().size(); i++) {
      YamlNode item = items.items().get(i);
      String its = "%s[%s]".formatted(path, i);
      if (item instanceof YamlNode.Word word && word.isNothing()) {
        complaints.add(word.line(), its, "has no value");
      }
      values.add(value(of, item, its));
    }
    return values.contains(null) ? null : values;
  }

  private Map<String, Object> block(Type of, YamlNode node, String path) {
    if (!(node instanceof YamlNode.Block block)) {
      complaints.add(node.line(), path, "wrong type: a block of keys is wanted here");
      return null;
    }
    Map<String, Object> values = new LinkedHashMap<>();
    for (YamlNode.Entry entry : block.entries()) {
      String its = path + "." + entry.key();
      if (entry.value() instanceof YamlNode.Word word && word.isNothing()) {
        complaints.add(
            entry.line(),
            its,
            of == String.class ? "has no value; write \"\" for an empty one" : "has no value");
      } else {
        Object value = value(of, entry.value(), its);
        if (value != null) {
          values.put(entry.key(), value);
        }
      }
    }
    return values;
  }

  private Object record(Class<?> type, YamlNode.Block block, String path) {
    OtherKeysOf others = OtherKeysOf.of(type.getRecordComponents());
    List<YamlNode.Entry> ofOthers = new ArrayList<>();
    List<Slot> slots = Slot.of(type, others.index());
    List<String> known = slots.stream().map(Slot::key).toList();
    Object[] values = new Object[type.getRecordComponents().length];
    Map<Strategy, Object> settings = new LinkedHashMap<>();
    for (YamlNode.Entry entry : block.entries()) {
      int index = known.indexOf(entry.key());
      if (index < 0) {
        if (others.keys().contains(entry.key())) {
          ofOthers.add(entry);
        } else {
          complaints.add(
              entry.line(), join(path, entry.key()), unknown(entry.key(), known, others));
        }
        continue;
      }
      Slot slot = slots.get(index);
      Object value = value(slot.type(), entry.value(), join(path, entry.key()));
      if (slot.ofStrategy() == null) {
        values[slot.component()] = value;
      } else if (value != null) {
        settings.put(slot.ofStrategy(), value);
      }
    }
    if (!ofOthers.isEmpty()) {
      YamlNode.Block them = new YamlNode.Block(block.line(), ofOthers);
      values[others.index()] = value(others.type(), them, path);
    }
    settings.forEach((of, value) -> choose(of, value, slots, values, block, path));
    return make(type, values, block, path);
  }

  /** Takes the settings of the strategy that was asked for; those of others are in its way. */
  private void choose(
      Strategy of, Object value, List<Slot> slots, Object[] values, YamlNode block, String path) {
    for (Slot slot : slots) {
      if (slot.type() == Strategy.class && values[slot.component()] instanceof Strategy asked) {
        if (asked.equals(of)) {
          slots.stream()
              .filter(its -> of.equals(its.ofStrategy()))
              .forEach(its -> values[its.component()] = value);
        } else {
          complain(
              new Fault(
                  of.key(),
                  "has settings, but the strategy is " + asked.fileName(),
                  List.of(slot.key())),
              block,
              path);
        }
      }
    }
  }

  /**
   * Where the value of a key goes.
   *
   * @param component of the record, from 0
   * @param ofStrategy whose settings stand there; null for what is not of one strategy only
   */
  private record Slot(String key, int component, Type type, Strategy ofStrategy) {
    static List<Slot> of(Class<?> record, int leftOut) {
      RecordComponent[] components = record.getRecordComponents();
      List<Slot> slots = new ArrayList<>();
      for (int i = 0; i < components.length; i++) {
        if (components[i].getType() == StrategySettings.class) {
          for (Strategy strategy : Strategy.known()) {
            slots.add(new Slot(strategy.key(), i, strategy.settings(), strategy));
          }
        } else if (i != leftOut) {
          slots.add(new Slot(components[i].getName(), i, components[i].getGenericType(), null));
        }
      }
      return slots;
    }
  }

  private static String unknown(String key, List<String> names, OtherKeysOf others) {
    return unknown(key, Stream.concat(names.stream(), others.keys().stream()).toList())
        + others.none();
  }

  /** What is said of a key that is none of these, as a sentence's end. */
  public static String unknown(String key, List<String> known) {
    return "unknown key%s; known are %s"
        .formatted(
            Nearest.asked(key, known), known.stream().sorted().collect(Collectors.joining(", ")));
  }

  /** Tries with fewer of the file's values each time, until no more is refused. */
  private Object make(Class<?> type, Object[] values, YamlNode.Block block, String path) {
    // Each value is left out once at most, and once at most something stands in for it.
    for (int attempt = 0; attempt <= 2 * values.length; attempt++) {
      try {
        return Records.made(type, values);
      } catch (InvalidValueException bad) {
        boolean less = false;
        for (Fault fault : bad.faults()) {
          complain(fault, block, path);
          less |= leaveOut(fault.key(), type.getRecordComponents(), values);
        }
        if (!less) {
          return null;
        }
      }
    }
    return null;
  }

  /** Says what is wrong, unless that may be so only because of what was refused before. */
  void complain(Fault fault, YamlNode node, String path) {
    boolean doubtful =
        complaints.touch(join(path, fault.key()))
            || fault.others().stream().anyMatch(other -> complaints.touch(join(path, other)))
            || fault.what().startsWith("is missing") && meant(fault.key(), node);
    if (doubtful) {
      complaints.doubt(join(path, fault.key()));
    } else {
      complaints.add(Lines.of(node, fault.key()), join(path, fault.key()), fault.what());
    }
  }

  /** Whether an unknown key of the block is rather this one, misspelt. */
  private static boolean meant(String key, YamlNode node) {
    return node instanceof YamlNode.Block block
        && block.entries().stream()
            .map(YamlNode.Entry::key)
            .anyMatch(its -> !its.equals(key) && Nearest.to(its, List.of(key)).isPresent());
  }

  /** Whether there was something to leave out. */
  private static boolean leaveOut(String key, RecordComponent[] components, Object[] values) {
    String first = key.split("[.\\[]", 2)[0];
    for (int i = 0; i < components.length; i++) {
      if (components[i].getName().equals(first)) {
        Object instead = values[i] == null ? Scalars.any(components[i].getType()) : null;
        boolean other = !Objects.equals(instead, values[i]);
        values[i] = instead;
        return other;
      }
    }
    return false;
  }

  private static String join(String path, String key) {
    return path.isEmpty() || key.isEmpty() || key.startsWith("[") ? path + key : path + "." + key;
  }
}
