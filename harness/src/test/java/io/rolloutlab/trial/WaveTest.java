package io.rolloutlab.trial;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolloutlab.trial.Wave.Step;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WaveTest {
  private static final List<Step> STEPS =
      List.of(Step.BRING_UP, Step.SET_UP, Step.LOAD, Step.WARM_UP, Step.ROLLOUT, Step.TAKE_DOWN);

  private final AtomicBoolean stopped = new AtomicBoolean();
  private final Wave wave = new Wave(List.of("a", "b", "c"), stopped::get);

  /** Whether a run that has done all before a step may begin it. */
  private boolean may(int run, Step step) {
    wave.arrive(run, step);
    return wave.missing(run, step).isEmpty();
  }

  private void allReach(Step step) {
    IntStream.range(0, 3).forEach(run -> wave.arrive(run, step));
  }

  @Test
  void clustersAreBroughtUpOneAfterTheOther() {
    assertThat(may(1, Step.BRING_UP)).isFalse();
    assertThat(may(0, Step.BRING_UP)).isTrue();
    assertThat(wave.missing(1, Step.BRING_UP)).contains("a");

    assertThat(may(0, Step.SET_UP)).isTrue();
    assertThat(wave.missing(1, Step.BRING_UP)).isEmpty();
    assertThat(wave.missing(2, Step.BRING_UP)).contains("b");
  }

  @Test
  void noLoadBeginsBeforeAllAreSetUp() {
    allReach(Step.SET_UP);

    assertThat(may(0, Step.LOAD)).isFalse();
    assertThat(may(2, Step.LOAD)).isFalse();
    assertThat(wave.missing(0, Step.LOAD)).contains("b");
    assertThat(may(1, Step.LOAD)).isFalse();
    assertThat(wave.missing(0, Step.LOAD)).isEmpty();
  }

  @Test
  void loadsAreStartedOneAfterTheOther() {
    allReach(Step.LOAD);

    assertThat(wave.missing(1, Step.LOAD)).contains("a");
    assertThat(may(0, Step.WARM_UP)).isTrue();
    assertThat(wave.missing(1, Step.LOAD)).isEmpty();
    assertThat(wave.missing(2, Step.LOAD)).contains("b");
  }

  /** A JVM that starts takes a core for seconds: it must not fall into what is measured. */
  @Test
  void noRolloutBeginsBeforeAllLoadsFlow() {
    allReach(Step.LOAD);
    wave.arrive(0, Step.WARM_UP);
    wave.arrive(1, Step.WARM_UP);

    assertThat(may(0, Step.ROLLOUT)).isFalse();
    assertThat(wave.missing(0, Step.ROLLOUT)).contains("c");
    wave.arrive(2, Step.WARM_UP);
    assertThat(wave.missing(0, Step.ROLLOUT)).isEmpty();
  }

  @Test
  void nothingIsTakenDownWhileAnotherOneIsMeasured() {
    allReach(Step.ROLLOUT);

    assertThat(may(1, Step.TAKE_DOWN)).isFalse();
    wave.arrive(0, Step.TAKE_DOWN);
    assertThat(wave.missing(1, Step.TAKE_DOWN)).contains("c");
    assertThat(may(2, Step.TAKE_DOWN)).isTrue();
  }

  @Test
  void whoFailsHoldsNobodyUp() {
    wave.arrive(0, Step.BRING_UP);
    assertThat(may(1, Step.BRING_UP)).isFalse();

    wave.place(0, waits -> {}).leave();

    assertThat(may(1, Step.BRING_UP)).isTrue();
    wave.arrive(1, Step.LOAD);
    assertThat(may(2, Step.LOAD)).isFalse();
    wave.arrive(1, Step.TAKE_DOWN);
    assertThat(may(2, Step.LOAD)).isTrue();
    assertThat(may(2, Step.TAKE_DOWN)).isTrue();
  }

  @Test
  void onceSomebodyAsksToStopNobodyWaits() {
    assertThat(may(2, Step.LOAD)).isFalse();

    stopped.set(true);

    assertThat(may(2, Step.LOAD)).isTrue();
    assertThat(may(2, Step.TAKE_DOWN)).isTrue();
  }

  /** The load of a run that waits goes on: its limit must not come sooner for that. */
  @Test
  void aPlaceKnowsHowLongItsLoadFlowedForOthers() {
    AtomicLong now = new AtomicLong(1000);
    Wave two = new Wave(List.of("a", "b"), () -> false, now::get);
    Wave.Place first =
        two.place(
            0,
            waits -> {
              now.addAndGet(7000);
              two.arrive(1, Step.WARM_UP);
            });
    two.arrive(1, Step.LOAD);
    first.begin(Step.LOAD);
    first.begin(Step.WARM_UP);
    assertThat(first.waitedUnderLoadMillis()).isZero();

    first.begin(Step.ROLLOUT);

    assertThat(first.waitedUnderLoadMillis()).isEqualTo(7000);
  }

  /** What it waits before its load begins, or when that is over, uses none of it. */
  @Test
  void whatIsWaitedWithoutLoadDoesNotCount() {
    AtomicLong now = new AtomicLong(1000);
    Wave two = new Wave(List.of("a", "b"), () -> false, now::get);
    Wave.Place first =
        two.place(
            0,
            waits -> {
              now.addAndGet(7000);
              two.place(1, ignored -> {}).leave();
            });

    first.begin(Step.LOAD);
    first.begin(Step.ROLLOUT);
    first.begin(Step.TAKE_DOWN);

    assertThat(now).hasValue(8000);
    assertThat(first.waitedUnderLoadMillis()).isZero();
  }

  /** Whoever has failed before starts no load any more. */
  @Test
  void allLoadsFlowSinceTheLastOneBegan() {
    AtomicLong now = new AtomicLong(1000);
    Wave three = new Wave(List.of("a", "b", "c"), () -> false, now::get);
    Wave.Place first = three.place(0, waits -> {});
    three.arrive(0, Step.WARM_UP);
    now.set(2000);
    three.arrive(1, Step.TAKE_DOWN);
    assertThat(first.allFlowSinceMillis()).isEmpty();

    now.set(3000);
    three.arrive(2, Step.WARM_UP);
    now.set(4000);
    three.arrive(0, Step.ROLLOUT);

    assertThat(first.allFlowSinceMillis()).hasValue(3000);
  }

  @Test
  void whoIsAloneNeverWaits() {
    List<String> told = new ArrayList<>();
    Wave.Place alone = new Wave(List.of("a"), () -> false).place(0, told::add);

    STEPS.forEach(alone::begin);

    assertThat(told).isEmpty();
    assertThat(alone.others()).isZero();
    assertThat(alone.allFlowSinceMillis()).isEmpty();
    assertThat(wave.place(1, told::add).others()).isEqualTo(2);
  }

  /** Whatever comes in which order, and whoever fails where: some run can always go on. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void itNeverGetsStuck(long seed) {
    Random random = new Random(seed);
    for (int round = 0; round < 100; round++) {
      int size = 1 + random.nextInt(5);
      Wave drawn =
          new Wave(IntStream.range(0, size).mapToObj(String::valueOf).toList(), () -> false);
      int[] at = new int[size];
      List<Integer> going = IntStream.range(0, size).boxed().collect(Collectors.toList());
      while (!going.isEmpty()) {
        going.forEach(run -> drawn.arrive(run, STEPS.get(at[run])));
        List<Integer> free =
            going.stream()
                .filter(run -> drawn.missing(run, STEPS.get(at[run])).isEmpty())
                .collect(Collectors.toList());
        assertThat(free).as("everybody waits for somebody: %s", going).isNotEmpty();
        Collections.shuffle(free, random);
        int run = free.get(0);
        at[run]++;
        if (at[run] == STEPS.size() || random.nextInt(8) == 0) {
          drawn.place(run, waits -> {}).leave();
          going.remove((Integer) run);
        }
      }
    }
  }

  /** With threads, as they are used: what each does is noted in the order in which it happens. */
  @Test
  void threadsKeepStep() {
    List<Step> done = Collections.synchronizedList(new ArrayList<>());
    List<CompletableFuture<Void>> all =
        IntStream.range(0, 3)
            .mapToObj(
                run ->
                    CompletableFuture.runAsync(
                        () -> {
                          Wave.Place place = wave.place(run, waits -> {});
                          for (Step step : STEPS) {
                            place.begin(step);
                            done.add(step);
                          }
                          place.leave();
                        },
                        task -> new Thread(task, "run " + run).start()))
            .toList();
    CompletableFuture.allOf(all.toArray(CompletableFuture<?>[]::new)).join();

    assertThat(done).hasSize(18);
    assertThat(done.indexOf(Step.LOAD)).isGreaterThan(done.lastIndexOf(Step.SET_UP));
    assertThat(done.indexOf(Step.ROLLOUT)).isGreaterThan(done.lastIndexOf(Step.LOAD));
    assertThat(done.indexOf(Step.TAKE_DOWN)).isGreaterThan(done.lastIndexOf(Step.ROLLOUT));
  }
}
