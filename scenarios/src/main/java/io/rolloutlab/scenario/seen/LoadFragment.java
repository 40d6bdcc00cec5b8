package io.rolloutlab.scenario.seen;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.rolloutlab.scenario.check.Complaints;
import io.rolloutlab.scenario.requests.RequestPlan;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The block {@code load} of a scenario that asks for what was seen, as YAML with comments. */
public final class LoadFragment {
  /** More kinds of requests are told and left out. */
  static final int MOST_ROWS = 30;

  /** What a load may have, on a real Swarm. */
  private static final double LEAST_RATE = 1;

  private static final double MOST_RATE = 1_000;

  private static final Set<String> WITH_BODY = Set.of("POST", "PUT", "PATCH");

  private final RequestTally tally;
  private final List<String> notes = new ArrayList<>();
  private final List<RequestTally.Row> rows;
  private final Set<String> names = new HashSet<>();

  private LoadFragment(RequestTally tally) {
    this.tally = tally;
    List<RequestTally.Row> all = tally.rows();
    rows = all.subList(0, Math.min(MOST_ROWS, all.size()));
  }

  /**
   * Writes it.
   *
   * @param file that was read
   * @param rest what it holds beside requests
   * @throws UnreadableTrafficException when it holds no request that the load could send
   */
  public static String of(Path file, TrafficReader.Rest rest, RequestTally tally) {
    LoadFragment fragment = new LoadFragment(tally);
    fragment.tellOrigin(file, rest);
    fragment.tellLeftOut(rest);
    if (fragment.rows.isEmpty()) {
      throw new UnreadableTrafficException(
          "%s: holds no request that the load could send. %s"
              .formatted(file, String.join(" ", fragment.notes.subList(1, fragment.notes.size()))));
    }
    String rate = fragment.rate();
    fragment.tellTail();
    fragment.tellBodies();
    return fragment.text(rate);
  }

  private void tellOrigin(Path file, TrafficReader.Rest rest) {
    notes.add(
        "Made by lab requests of %s: %s."
            .formatted(
                Complaints.quoted(String.valueOf(file.getFileName())),
                counted(tally.counted(), "request is", "requests are") + " counted here"));
    if (rest.unread() > 0) {
      notes.add(
          "%s no request that can be read, the first is %s %s."
              .formatted(
                  counted(rest.unread(), rest.unit() + " holds", plural(rest.unit()) + " hold"),
                  rest.unit(),
                  rest.first()));
    }
    if (tally.failed() > 0) {
      notes.add(
          String.format(
              Locale.ROOT,
              "%.2f %% of them were answered with 500 or more.",
              100.0 * tally.failed() / tally.counted()));
    }
  }

  private void tellLeftOut(TrafficReader.Rest rest) {
    leftOut(rest.elsewhere(), "to other hosts than the first one");
    leftOut(tally.ofOtherMethods(), "with other methods than " + RequestPlan.METHODS);
    leftOut(tally.keptByEdge(), "for static files, which the lab's nginx answers itself");
    leftOut(tally.unsendable(), "for paths that are too long, or no printable ASCII");
  }

  private void leftOut(long count, String which) {
    if (count > 0) {
      notes.add("Left out: %s %s.".formatted(counted(count, "request", "requests"), which));
    }
  }

  /** The line with the rate; a comment where there is none to be had. */
  private String rate() {
    Optional<SeenRates.Rate> mean = tally.rates().mean();
    if (mean.isEmpty()) {
      return "  # ratePerSecond: the times of the requests are not known, or all in one second.\n";
    }
    double perSecond = mean.get().perSecond();
    notes.add(
        "They came from %s to %s: %s a second on average."
            .formatted(
                Instant.ofEpochMilli(mean.get().fromMillis()),
                Instant.ofEpochMilli(mean.get().toMillis()),
                text(perSecond)));
    tally
        .rates()
        .busiestMinute()
        .ifPresent(
            busiest ->
                notes.add(
                    "The busiest minute, from %s on, had %s a second."
                        .formatted(
                            Instant.ofEpochMilli(busiest.fromMillis()),
                            text(busiest.perSecond()))));
    double sent = Math.max(LEAST_RATE, Math.min(MOST_RATE, perSecond));
    if (sent != perSecond) {
      notes.add(
          "A load on a real Swarm sends from %s to %s a second, so ratePerSecond is %s."
              .formatted(text(LEAST_RATE), text(MOST_RATE), text(sent)));
    }
    return "  ratePerSecond: %s\n".formatted(text(sent));
  }

  private void tellTail() {
    int more = tally.rows().size() - rows.size();
    if (more > 0) {
      long listed = rows.stream().mapToLong(RequestTally.Row::count).sum();
      notes.add(
          String.format(
              Locale.ROOT,
              "The %d most frequent are listed; %d more, with %.1f %% of the requests, are not.",
              rows.size(),
              more,
              100.0 * (tally.counted() - listed) / tally.counted()));
    }
  }

  private void tellBodies() {
    if (rows.stream().anyMatch(row -> WITH_BODY.contains(row.method()))) {
      notes.add(
          "Headers and bodies are not taken over, since they may hold secrets: add body, or bodyFile,"
              + " and headers where a request needs them.");
    }
  }

  private String text(String rate) {
    StringBuilder text = new StringBuilder();
    notes.forEach(note -> text.append("# ").append(note).append('\n'));
    text.append("load:\n").append(rate).append("  requests:\n");
    long most = rows.get(0).count();
    for (RequestTally.Row row : rows) {
      text.append(
          "    - {weight: %s, method: %s, path: %s, name: %s}\n"
              .formatted(
                  weight(row.count(), most), row.method(), quoted(row.path()), quoted(name(row))));
    }
    return text.toString();
  }

  /** The count itself where weights may be as large. */
  private static long weight(long count, long most) {
    return most <= RequestPlan.MOST_WEIGHT
        ? count
        : Math.max(1, Math.round((double) count * RequestPlan.MOST_WEIGHT / most));
  }

  /** One of its own, though names are cut. */
  private String name(RequestTally.Row row) {
    String whole = row.name();
    String name = cut(whole, RequestPlan.LONGEST_NAME);
    for (int i = 2; !names.add(name); i++) {
      String number = "... " + i;
      name = cut(whole, RequestPlan.LONGEST_NAME - number.length()) + number;
    }
    return name;
  }

  private static String cut(String text, int length) {
    return text.length() <= length ? text : text.substring(0, length);
  }

  /** Of printable ASCII alone, in which JSON and YAML quote alike. */
  private static String quoted(String text) {
    return '"' + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
  }

  private static String text(double number) {
    String text = String.format(Locale.ROOT, "%.2f", number);
    return text.endsWith(".00") ? text.substring(0, text.length() - ".00".length()) : text;
  }

  private static String counted(long count, String one, String several) {
    return String.format(Locale.ROOT, "%,d %s", count, count == 1 ? one : several);
  }

  private static String plural(String unit) {
    return unit.equals("entry") ? "entries" : unit + "s";
  }
}
