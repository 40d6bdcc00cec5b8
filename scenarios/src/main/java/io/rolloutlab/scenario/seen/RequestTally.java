package io.rolloutlab.scenario.seen;

import io.rolloutlab.scenario.edge.EdgeKind;
import io.rolloutlab.scenario.requests.RequestPlan;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Counts requests by method and path. Parts of paths that are numbers, UUIDs or long hexadecimal
 * words are taken for ids: paths that differ in those alone are one, and the first of them stands
 * for all.
 */
public final class RequestTally implements Consumer<SeenRequest> {
  private static final Pattern ID =
      Pattern.compile(
          "(?<=/)(?:[0-9]+|[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}|[0-9a-fA-F]{16,})(?=[/?]|$)");

  /** From here on an answer has failed. */
  private static final int SERVER_ERROR = 500;

  private final boolean withQuery;
  private final Map<String, Row> rows = new LinkedHashMap<>();
  private final SeenRates rates = new SeenRates();
  private long counted;
  private long failed;
  private long ofOtherMethods;
  private long keptByEdge;
  private long unsendable;

  /**
   * @param withQuery whether requests that differ in their queries are different ones; else queries
   *     are dropped
   */
  public RequestTally(boolean withQuery) {
    this.withQuery = withQuery;
  }

  /** One kind of request. */
  static final class Row {
    private final String method;
    private final String path;
    private final String name;
    private long count;

    /**
     * @param path the first one that was seen
     * @param name method and path, with a star for each id
     */
    Row(String method, String path, String name) {
      this.method = method;
      this.path = path;
      this.name = name;
    }

    String method() {
      return method;
    }

    String path() {
      return path;
    }

    String name() {
      return name;
    }

    long count() {
      return count;
    }
  }

  @Override
  public void accept(SeenRequest request) {
    String path = withQuery ? request.target() : request.path();
    if (!RequestPlan.METHODS.contains(request.method())) {
      ofOtherMethods++;
    } else if (!RequestPlan.canAskFor(path)) {
      unsendable++;
    } else if (EdgeKind.keepsFromApp(EdgeKind.NGINX, path)) {
      keptByEdge++;
    } else {
      String name = request.method() + " " + ID.matcher(path).replaceAll("*");
      rows.computeIfAbsent(name, its -> new Row(request.method(), path, its)).count++;
      rates.add(request.atMillis());
      counted++;
      failed += request.status() >= SERVER_ERROR ? 1 : 0;
    }
  }

  /** The most frequent first; of those that are as frequent, the one that was seen first. */
  List<Row> rows() {
    return rows.values().stream().sorted(Comparator.comparingLong(Row::count).reversed()).toList();
  }

  SeenRates rates() {
    return rates;
  }

  /** How many requests stand behind the rows. */
  long counted() {
    return counted;
  }

  /** How many of those were answered with 500 or more. */
  long failed() {
    return failed;
  }

  /** How many had a method that the load cannot send. */
  long ofOtherMethods() {
    return ofOtherMethods;
  }

  /** How many asked for what the lab's edge answers itself. */
  long keptByEdge() {
    return keptByEdge;
  }

  /** How many had a path that cannot be sent as it stands. */
  long unsendable() {
    return unsendable;
  }
}
