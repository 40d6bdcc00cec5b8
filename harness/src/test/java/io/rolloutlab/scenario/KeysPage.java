package io.rolloutlab.scenario;

import io.rolloutlab.scenario.app.AppFault;
import io.rolloutlab.scenario.app.AppFaultKind;
import io.rolloutlab.scenario.app.AppKnob;
import io.rolloutlab.scenario.app.AppKnobTest;
import io.rolloutlab.scenario.check.Complaints;
import io.rolloutlab.scenario.check.Durations;
import io.rolloutlab.scenario.check.InvalidValueException;
import io.rolloutlab.scenario.check.Memory;
import io.rolloutlab.scenario.check.OtherKeys;
import io.rolloutlab.scenario.check.Percent;
import io.rolloutlab.scenario.expect.Bound;
import io.rolloutlab.scenario.matrix.MatrixFile;
import io.rolloutlab.scenario.matrix.MatrixReader;
import io.rolloutlab.scenario.read.Binder;
import io.rolloutlab.scenario.read.Scalars;
import io.rolloutlab.scenario.read.SweepReader;
import io.rolloutlab.scenario.read.YamlNode;
import io.rolloutlab.scenario.sweep.Sweep;
import io.rolloutlab.stack.scenario.StackKeys;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The reference page of all keys, made of the records: names and types of their components,
 * defaults of what they make of nothing, ranges of what they refuse, sentences of their Javadoc.
 */
final class KeysPage {
  private static final Pattern RANGE = Pattern.compile("must be from (.+) to (.+), but is .*");

  /** Those of the main sources, and none that a test adds. */
  private static final List<Strategy> STRATEGIES =
      Strategy.known().stream()
          .filter(its -> RecordDocs.sentence(its.settings().getNestHost()).isPresent())
          .toList();

  private static final String ONE_OF =
      STRATEGIES.stream().map(Strategy::fileName).collect(Collectors.joining(", ", "one of ", ""));
  private static final String MUST = "must be given";
  private static final String TABLE =
      "| key | value | default | range | |\n|---|---|---|---|---|\n";

  /** Nothing but what must be there. */
  private static final byte[] SWEEP =
      "{name: x, question: x, scenario: {}, vary: {delay: [1s]}}".getBytes(StandardCharsets.UTF_8);

  private static final byte[] MATRIX =
      "{name: x, question: x, strategies: {a: {strategy: baseline}}, situations: {b: {}}}"
          .getBytes(StandardCharsets.UTF_8);

  private final StringBuilder page = new StringBuilder();

  private KeysPage() {}

  static String render() {
    KeysPage page = new KeysPage();
    page.all();
    return page.page.toString();
  }

  private void all() {
    page.append(
        """
        # All keys of scenario, sweep and matrix files

        Made from the records that scenarios are read into, and checked by a test. Durations are
        written with their unit (`500ms`, `10s`, `1m30s`, `2h`), amounts of memory likewise (`256MiB`, `2GiB`). Files
        are UTF-8 and at most 1 MiB; aliases, anchors, tags and merge keys of YAML are refused.

        ## Scenario

        """);
    page.append(TABLE);
    rows(Scenario.class, "", made(Scenario.class));
    page.append(
        """

        ## Scenario about a stack

        In place of `strategy`, its settings, `balancing`, `cluster`, `app`, `edge` and `during`, which a stack file decides;
        only `lab run` runs it.

        """);
    page.append(TABLE);
    rows(StackKeys.class, "", made(StackKeys.class));
    page.append("\n## Sweep\n\n").append(TABLE);
    rows(Sweep.class, "", SweepReader.YAML.read(Path.of("sweep"), SWEEP).value());
    page.append("\n## Matrix\n\n").append(TABLE);
    rows(MatrixFile.class, "", MatrixReader.YAML.read(Path.of("matrix"), MATRIX).value());
    faults();
    page.append(
        """

        ## Variables of the lab's own app

        In `app.v1.env` and `app.v2.env`, where `image` is not set. Flags are `true`/`false`, `1`/`0`, `yes`/`no`.

        | variable | default | range | |
        |---|---|---|---|
        """);
    Arrays.stream(AppKnob.values())
        .forEach(knob -> page.append(AppKnobTest.row(knob)).append('\n'));
  }

  private void rows(Class<?> type, String prefix, Object instance) {
    for (RecordComponent component : type.getRecordComponents()) {
      Class<?> raw = component.getType();
      String key = prefix + component.getName();
      Object value = instance == null ? null : valueOf(component, instance);
      String sentence = RecordDocs.sentence(type, component.getName());
      boolean required = isRequired(type, component.getName());
      if (component.isAnnotationPresent(OtherKeys.class)) {
        row(prefix + "KEY", "a block of keys", "none", "", sentence);
        rows(Bound.class, prefix + "KEY.", null);
      } else if (raw == StrategySettings.class) {
        STRATEGIES.forEach(this::rows);
      } else if (isBlock(raw)) {
        boolean none = value == null || value.equals(AlarmPlan.NONE);
        row(key, "a block of keys", required ? MUST : none ? "none" : "", "", sentence);
        if (raw != Sweep.Fixed.class && raw != YamlNode.Block.class) {
          rows(raw, key + ".", none || required ? made(raw) : value);
        }
      } else if (elementOf(component) == Happening.class) {
        row(key, "a list of blocks", "none", "", sentence);
        happenings(key + "[].");
      } else if (elementOf(component) instanceof Class<?> element && isBlock(element)) {
        row(key, "a list of blocks", "", "", sentence);
        rows(element, key + "[].", made(element));
      } else {
        row(
            key,
            raw == Strategy.class
                ? ONE_OF
                : name(component.getGenericType()).replaceFirst(" such as .*", ""),
            required ? MUST : key.endsWith(".stable") ? "100 - canary" : text(value),
            range(type, component, instance),
            sentence);
      }
    }
  }

  /** What can be wrong with a version, each with its settings. */
  private void faults() {
    page.append(
        """

        ## Faults of the lab's own app

        Under `app.v1.fault` and `app.v2.fault`, where `image` is not set. A kind stands there by its name (`fault: errors`), or
        over its settings (`fault: {errors: {share: 5 %}}`); a value that is its only one needs no key (`fault: {errors: 5 %}`).

        """);
    page.append(TABLE);
    for (AppFaultKind kind : AppFaultKind.values()) {
      AppFault fault = kind.byDefault();
      String variables =
          fault.knobs().keySet().stream()
              .sorted()
              .map(knob -> "`%s`".formatted(knob.variable()))
              .collect(Collectors.joining(", "));
      row(
          kind.word(),
          "a block of keys",
          "",
          "",
          "the version %s; sets %s".formatted(fault.words(), variables));
      rows(kind.settings(), kind.word() + ".", fault);
    }
  }

  /** Their time, and of the kinds that are delivered one each. */
  private void happenings(String prefix) {
    for (RecordComponent component : Happening.class.getRecordComponents()) {
      if (component.getType() == Duration.class || component.getType().isEnum()) {
        row(
            prefix + component.getName(),
            name(component.getGenericType()).replaceFirst(" such as .*", ""),
            "none",
            range(Happening.class, component, null),
            RecordDocs.sentence(Happening.class, component.getName()));
      }
    }
    for (HappeningKind<?> kind : HappeningKinds.all().values()) {
      RecordDocs.sentence(kind.getClass())
          .ifPresent(
              sentence -> {
                Class<?> settings = kind.settings();
                RecordComponent[] all = settings.getRecordComponents();
                String value = all.length == 1 ? name(all[0].getGenericType()) + ", or " : "";
                row(prefix + kind.key(), value + "a block of keys", "none", "", sentence);
                rows(settings, prefix + kind.key() + ".", made(settings));
              });
    }
  }

  private void row(String... cells) {
    page.append(
        Stream.of(cells)
            .map(cell -> cell.isEmpty() ? " |" : " " + cell.replace("|", "\\|") + " |")
            .collect(Collectors.joining("", "|", "\n"))
            .replaceFirst("\\| (\\S+)", "| `$1`"));
  }

  private void rows(Strategy strategy) {
    row(
        strategy.key(),
        "a block of keys",
        "",
        "",
        "only where strategy is %s".formatted(strategy.fileName()));
    rows(strategy.settings(), strategy.key() + ".", made(strategy.settings()));
  }

  private static boolean isBlock(Class<?> type) {
    return type.isRecord() && !Scalars.isOneWord(type);
  }

  /** Of a list; null for anything else. */
  private static Type elementOf(RecordComponent component) {
    return component.getType() == List.class
        ? ((ParameterizedType) component.getGenericType()).getActualTypeArguments()[0]
        : null;
  }

  private static String name(Type type) {
    if (type instanceof ParameterizedType generic) {
      Type last = generic.getActualTypeArguments()[generic.getActualTypeArguments().length - 1];
      return (generic.getRawType() == List.class ? "a list, each " : "a block, each ") + name(last);
    }
    return Scalars.name((Class<?>) type);
  }

  private static String text(Object value) {
    if (value == null) {
      return "none";
    } else if (value instanceof Duration length) {
      return Durations.print(length);
    } else if (value instanceof Memory memory) {
      return memory.print();
    } else if (value instanceof Percent share) {
      return share.print();
    } else if (value instanceof Enum<?> constant) {
      return constant.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }
    if (value instanceof Double number) {
      return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
    }
    boolean nothing =
        value instanceof java.util.Map<?, ?> map && map.isEmpty()
            || value instanceof List<?> list && list.isEmpty();
    return nothing ? "none" : "" + value;
  }

  private static Object valueOf(RecordComponent component, Object instance) {
    try {
      return component.getAccessor().invoke(instance);
    } catch (ReflectiveOperationException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** What a file says that says nothing. */
  private static Object made(Class<?> type) {
    return new Binder(new Complaints()).record(type, new YamlNode.Block(1, List.of()));
  }

  private static boolean isRequired(Class<?> type, String key) {
    Complaints complaints = new Complaints();
    new Binder(complaints).record(type, new YamlNode.Block(1, List.of()));
    return complaints.print("").contains(":1: %s: is missing".formatted(key));
  }

  /** Asks the record for what it never takes, and listens to what it says. */
  private static String range(Class<?> type, RecordComponent component, Object instance) {
    Object never = never(component.getType());
    if (elementOf(component) instanceof Class<?> element) {
      never = Optional.ofNullable(never(element)).map(List::of).orElse(null);
    }
    if (never == null) {
      return "";
    }
    RecordComponent[] all = type.getRecordComponents();
    Object[] values = new Object[all.length];
    List<Class<?>> types = new ArrayList<>();
    for (int i = 0; i < all.length; i++) {
      types.add(all[i].getType());
      boolean its = all[i].getName().equals(component.getName());
      values[i] = its ? never : instance == null ? null : valueOf(all[i], instance);
    }
    try {
      type.getDeclaredConstructor(types.toArray(Class<?>[]::new)).newInstance(values);
      return "";
    } catch (InvocationTargetException refused) {
      InvalidValueException bad = (InvalidValueException) refused.getCause();
      Matcher range = RANGE.matcher(bad.faults().get(0).what());
      return bad.faults().get(0).key().equals(component.getName()) && range.matches()
          ? range.group(1) + " to " + range.group(2)
          : "";
    } catch (ReflectiveOperationException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static Object never(Class<?> type) {
    if (type == Integer.class) {
      return -1;
    } else if (type == Double.class) {
      return -1.0;
    } else if (type == Duration.class) {
      return Duration.ofMillis(-1);
    }
    if (type == Percent.class) {
      return new Percent(0);
    }
    return type == Memory.class ? new Memory(1) : null;
  }
}
