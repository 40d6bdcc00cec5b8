package io.rolloutlab.analysis.requests;

import io.rolloutlab.analysis.run.Numbers;
import io.rolloutlab.analysis.run.RunTimeline;
import io.rolloutlab.analysis.run.Share;
import io.rolloutlab.analysis.run.Span;
import io.rolloutlab.history.Outcome;
import io.rolloutlab.history.Population;
import io.rolloutlab.history.Request;
import io.rolloutlab.scenario.app.VersionPlan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * The requests of a run in columns of primitives, so that a million of them fit and are walked
 * through quickly. Outcomes are those of a client that does not resend: see {@link
 * Errors#DROPPED_RESENT}.
 */
public final class RequestTable {
  public static final int V1 = 1;
  public static final int V2 = 2;
  private static final int ANOTHER = 3;
  private static final int MOST_USERS = 10_000_000;
  private static final long LONGEST_RUN_MILLIS = 10L * 24 * 3600 * 1000;

  public final int size;
  public final RunTimeline timeline;

  /** When it was sent, after x = 0. */
  public final int[] sent;

  /** When it ended; of no meaning where the outcome is unknown. */
  public final int[] end;

  final int[] late;
  public final int[] user;

  /** Index in {@link RunTimeline#phases}; −1 before the first. */
  final short[] phase;

  /** Index in {@link #classes}; of no meaning unless failed. */
  final short[] errorClass;

  final List<String> classes = new ArrayList<>();

  /** First second of the load and how many there are. */
  public final int firstSecond;

  public final int seconds;
  private final byte[] outcome;
  private final byte[] population;
  private final byte[] version;
  private final BitSet ofPages = new BitSet();
  private final SortedMap<String, Integer> others = new TreeMap<>();
  private final Map<String, Short> classNumbers = new HashMap<>();
  private final int users;
  private int mostUser = -1;

  public RequestTable(Witnesses witnesses, RunTimeline timeline) {
    this.timeline = timeline;
    size = witnesses.requests.size();
    sent = new int[size];
    end = new int[size];
    late = new int[size];
    user = new int[size];
    phase = new short[size];
    errorClass = new short[size];
    outcome = new byte[size];
    population = new byte[size];
    version = new byte[size];
    seconds = size == 0 ? 0 : secondsIn(timeline.load());
    firstSecond = secondOf(timeline.load().startMillis());
    long[] phaseStarts =
        timeline.phases().stream().mapToLong(RunTimeline.Phase::startMillis).toArray();
    BitSet seen = new BitSet();
    for (int i = 0; i < size; i++) {
      Request request = witnesses.requests.get(i);
      fill(i, request, phaseStarts);
      version[i] = versionOf(request, witnesses.versionOfTask(i));
      outcomeOf(i, request, witnesses.resent(i));
      seen.set(request.user());
    }
    users = seen.cardinality();
  }

  private void fill(int i, Request request, long[] phaseStarts) {
    if (request.user() < 0 || request.user() >= MOST_USERS) {
      throw new IllegalArgumentException(
          "request %s is of user %s; users are from 0 to %s"
              .formatted(request.id(), request.user(), MOST_USERS - 1));
    }
    sent[i] = Math.toIntExact(request.actualAtMillis() - timeline.zeroAtEpochMillis());
    end[i] = sent[i] + Math.max(0, request.latencyMillis());
    late[i] = Math.toIntExact(request.actualAtMillis() - request.intendedAtMillis());
    user[i] = request.user();
    mostUser = Math.max(mostUser, request.user());
    phase[i] = phaseAt(sent[i], phaseStarts);
    population[i] = (byte) request.population().ordinal();
    ofPages.set(i, request.hasPage());
  }

  /**
   * The task's, where its address names it; else the one that the answer names. An answer below 500
   * without either is nobody's, and one with a header that is neither has no version at all.
   */
  private byte versionOf(Request request, Optional<String> ofTask) {
    String header = request.version();
    boolean readable = header.isEmpty() || number(header) != 0;
    String held = readable ? ofTask.orElse(header) : header;
    if (number(held) != 0) {
      return (byte) number(held);
    }
    if (!held.isEmpty() || request.status() > 0 && request.status() < 500) {
      others.merge(held, 1, Integer::sum);
    }
    return (byte) (held.isEmpty() ? 0 : ANOTHER);
  }

  /** {@link #V1} or {@link #V2}; 0 for what is neither. */
  private static int number(String version) {
    return version.equals(VersionPlan.V1) ? V1 : version.equals(VersionPlan.V2) ? V2 : 0;
  }

  /**
   * How a version is called.
   *
   * @param version {@link #V1} or {@link #V2}
   */
  public static String name(int version) {
    return version == V1 ? VersionPlan.V1 : VersionPlan.V2;
  }

  /** The version that takes over from one, or gives way to it. */
  public static int other(int version) {
    return version == V1 ? V2 : V1;
  }

  private void outcomeOf(int i, Request request, boolean resent) {
    boolean dropped = resent && request.outcome() != Outcome.FAILED;
    outcome[i] = (byte) (dropped ? Outcome.FAILED : request.outcome()).ordinal();
    if (failed(i)) {
      String name = dropped ? Errors.DROPPED_RESENT : request.error();
      errorClass[i] =
          classNumbers.computeIfAbsent(
              name,
              added -> {
                classes.add(added);
                return (short) (classes.size() - 1);
              });
    }
  }

  private static short phaseAt(long at, long[] starts) {
    int found = Arrays.binarySearch(starts, at);
    return (short) (found >= 0 ? found : -found - 2);
  }

  /**
   * How many seconds a span touches.
   *
   * @throws IllegalArgumentException when it is longer than any run, so that its times are wrong
   */
  public static int secondsIn(Span span) {
    if (span.millis() > LONGEST_RUN_MILLIS) {
      throw new IllegalArgumentException(
          "the times are wrong: the load would have lasted " + Numbers.seconds(span.millis()));
    }
    return secondOf(span.endMillis()) - secondOf(span.startMillis()) + 1;
  }

  public static int secondOf(long millis) {
    return Math.toIntExact(Math.floorDiv(millis, 1000L));
  }

  public boolean ok(int i) {
    return outcome[i] == Outcome.OK.ordinal();
  }

  public boolean failed(int i) {
    return outcome[i] == Outcome.FAILED.ordinal();
  }

  public boolean unknown(int i) {
    return outcome[i] == Outcome.UNKNOWN.ordinal();
  }

  /**
   * The version that answered, {@link #V1} or {@link #V2}, whatever the status; 0 if neither did.
   */
  public int version(int i) {
    return version[i] == ANOTHER ? 0 : version[i];
  }

  /** Whether the answer named a version that is neither v1 nor v2. */
  boolean namesAnother(int i) {
    return version[i] == ANOTHER;
  }

  /** What answers of neither version named as theirs → how many; empty text without a header. */
  public SortedMap<String, Integer> others() {
    return Collections.unmodifiableSortedMap(others);
  }

  Population population(int i) {
    return Population.values()[population[i]];
  }

  int populationNumber(int i) {
    return population[i];
  }

  /** Whether it is an asset that a page named, and did not arrive by the load's rate. */
  public boolean isOfPage(int i) {
    return ofPages.get(i);
  }

  /** When those were sent that the load's rate wanted, after x = 0; in the order of the table. */
  public IntStream arrivals() {
    return IntStream.range(0, size).filter(i -> !isOfPage(i)).map(i -> sent[i]);
  }

  /** Its phase, as an index in {@link RunTimeline#phases}; −1 before the first. */
  public int phase(int i) {
    return phase[i];
  }

  /** The second it was sent in, from 0 for {@link #firstSecond}. */
  public int secondIndex(int i) {
    return secondOf(sent[i]) - firstSecond;
  }

  /** Distinct users with a request in the run. */
  public int users() {
    return users;
  }

  /** One more than the highest user number. */
  public int userSlots() {
    return mostUser + 1;
  }

  /** Whether it was sent and had ended in a span. */
  public boolean within(int i, Span span) {
    return sent[i] >= span.startMillis() && end[i] < span.endMillis();
  }

  /** Failed over known of the requests that are chosen. */
  public Share failedShare(IntPredicate chosen) {
    int ok = 0;
    int failed = 0;
    for (int i = 0; i < size; i++) {
      if (chosen.test(i)) {
        ok += ok(i) ? 1 : 0;
        failed += failed(i) ? 1 : 0;
      }
    }
    return Share.of(failed, ok + failed);
  }
}
