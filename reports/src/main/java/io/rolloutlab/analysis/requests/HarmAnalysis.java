package io.rolloutlab.analysis.requests;

import io.rolloutlab.analysis.run.Numbers;
import io.rolloutlab.analysis.run.RunTimeline;
import io.rolloutlab.analysis.run.Share;
import io.rolloutlab.scenario.app.AppPlan;
import io.rolloutlab.scenario.app.VersionPlan;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** Finds out who was hurt, and by which version. */
public final class HarmAnalysis {
  private static final List<String> GROUPS =
      List.of(VersionPlan.V1, VersionPlan.V2, "other", "none");
  private static final int VERSIONS = 2;
  private static final int OTHER = 2;
  private static final int NONE = 3;

  private final RequestTable table;
  private final int[] ok = new int[GROUPS.size()];
  private final int[] failed = new int[GROUPS.size()];
  private final BitSet hurt = new BitSet();

  private HarmAnalysis(RequestTable table) {
    this.table = table;
    for (int i = 0; i < table.size; i++) {
      if (table.sent[i] >= 0 && !table.unknown(i)) {
        (table.ok(i) ? ok : failed)[group(i)]++;
        if (table.failed(i)) {
          hurt.set(table.user[i]);
        }
      }
    }
  }

  public static Harm of(AppPlan app, RequestTable table) {
    HarmAnalysis analysis = new HarmAnalysis(table);
    Share users = Share.of(analysis.hurt.cardinality(), table.users());
    List<Harm.ByVersion> byVersion = analysis.byVersion();
    return new Harm(
        users,
        byVersion,
        settings(app),
        blend("the whole run", byVersion.get(0).latency(), byVersion.get(1).latency()),
        analysis.blendsByPhase(),
        sentence(users, byVersion));
  }

  private int group(int i) {
    int version = table.version(i);
    return version != 0 ? version - 1 : table.namesAnother(i) ? OTHER : NONE;
  }

  private List<Harm.ByVersion> byVersion() {
    Buckets latencies =
        Buckets.sort(
            table.size,
            GROUPS.size(),
            i -> table.sent[i] >= 0 && table.ok(i) ? group(i) : Buckets.NONE,
            i -> table.end[i] - table.sent[i]);
    List<Harm.ByVersion> found = new ArrayList<>();
    for (int g = 0; g < GROUPS.size(); g++) {
      int all = ok[g] + failed[g];
      if (g < OTHER || all > 0) {
        found.add(
            new Harm.ByVersion(GROUPS.get(g), Share.of(failed[g], all), latencies.percentiles(g)));
      }
    }
    return found;
  }

  private static List<Harm.Setting> settings(AppPlan app) {
    VersionPlan v1 = app.v1();
    VersionPlan v2 = app.v2();
    List<Harm.Setting> differing = new ArrayList<>();
    if (!v1.image().equals(v2.image())) {
      differing.add(new Harm.Setting("image", v1.image(), v2.image()));
    }
    SortedSet<String> names = new TreeSet<>(v1.variables().keySet());
    names.addAll(v2.variables().keySet());
    for (String name : names) {
      Harm.Setting setting =
          new Harm.Setting(
              name, v1.variables().getOrDefault(name, ""), v2.variables().getOrDefault(name, ""));
      if (!setting.v1().equals(setting.v2())) {
        differing.add(setting);
      }
    }
    return differing;
  }

  private List<Harm.PhaseBlend> blendsByPhase() {
    List<RunTimeline.Phase> phases = table.timeline.phases();
    Buckets latencies =
        Buckets.sort(
            table.size,
            VERSIONS * phases.size(),
            i ->
                table.ok(i) && table.version(i) != 0 && table.phase[i] >= 0
                    ? VERSIONS * table.phase[i] + group(i)
                    : Buckets.NONE,
            i -> table.end[i] - table.sent[i]);
    List<Harm.PhaseBlend> found = new ArrayList<>();
    for (RunTimeline.Phase phase : phases) {
      int first = VERSIONS * phase.index();
      blend(
              "the phase \"%s\"".formatted(phase.label()),
              latencies.percentiles(first),
              latencies.percentiles(first + 1))
          .ifPresent(sentence -> found.add(new Harm.PhaseBlend(phase, sentence)));
    }
    return found;
  }

  private static Optional<String> blend(
      String where, Optional<Percentiles> one, Optional<Percentiles> other) {
    if (one.isEmpty() || other.isEmpty()) {
      return Optional.empty();
    }
    int v1 = one.get().p50Millis();
    int v2 = other.get().p50Millis();
    int less = Math.min(v1, v2);
    int more = Math.max(v1, v2);
    return more <= Harm.BLEND_RATIO * less || more - less < Harm.LEAST_BLEND_MILLIS
        ? Optional.empty()
        : Optional.of(
            ("The latency of %s blends two versions, v1 with a median of %s ms and v2"
                    + " with one of %s ms: its percentiles are the latency of neither.")
                .formatted(where, v1, v2));
  }

  private static String sentence(Share users, List<Harm.ByVersion> byVersion) {
    if (users.total() == 0) {
      return "No requests were made.";
    }
    int failures = byVersion.stream().mapToInt(one -> one.failed().count()).sum();
    if (failures == 0) {
      return "None of %s had a failure.".formatted(users(users.total()));
    }
    List<Harm.ByVersion> guilty =
        byVersion.stream().filter(one -> one.failed().count() > 0).toList();
    String who = "%s of %s had a failure; ".formatted(number(users.count()), users(users.total()));
    if (guilty.size() > 1) {
      List<String> parts = guilty.stream().map(HarmAnalysis::part).toList();
      return who + "of %s failures %s.".formatted(number(failures), String.join(", ", parts));
    }
    return who + blame(guilty.get(0), byVersion, failures);
  }

  /** Where all failures are of one version, or of none. */
  private static String blame(Harm.ByVersion one, List<Harm.ByVersion> byVersion, int failures) {
    if (!one.version().startsWith("v")) {
      return failures == 1
          ? "no version is known to have answered the one request that failed."
          : "no version is known to have answered any of the %s requests that failed."
              .formatted(number(failures));
    }
    Harm.ByVersion innocent = byVersion.get(one.version().equals(VersionPlan.V1) ? 1 : 0);
    return "%s %s's (%s of %s), none %s's (of %s)."
        .formatted(
            failures == 1
                ? "the one failure was"
                : "all %s failures were".formatted(number(failures)),
            one.version(),
            Numbers.percent(one.failed().share()),
            number(one.failed().total()),
            innocent.version(),
            number(innocent.failed().total()));
  }

  private static String part(Harm.ByVersion one) {
    int count = one.failed().count();
    return switch (one.version()) {
      case VersionPlan.V1, VersionPlan.V2 ->
          "%s were %s's (%s of %s)"
              .formatted(
                  number(count),
                  one.version(),
                  Numbers.percent(one.failed().share()),
                  number(one.failed().total()));
      case "other" -> "%s were another version's".formatted(number(count));
      default -> "%s had no version's answer".formatted(number(count));
    };
  }

  private static String users(int count) {
    return number(count) + (count == 1 ? " user" : " users");
  }

  private static String number(int count) {
    return String.format(Locale.ROOT, "%,d", count);
  }
}
