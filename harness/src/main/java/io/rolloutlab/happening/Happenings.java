package io.rolloutlab.happening;

import io.rolloutlab.history.Event;
import io.rolloutlab.history.PhaseKind;
import io.rolloutlab.rollout.Stage;
import io.rolloutlab.scenario.Happening;
import io.rolloutlab.scenario.HappeningKinds;
import io.rolloutlab.scenario.check.Durations;
import io.rolloutlab.scenario.check.FileWord;
import io.rolloutlab.testbed.StepFailedException;
import io.rolloutlab.testbed.Testbed;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.IntStream;

/**
 * Lets happen what a scenario asks for, each at its time, while the strategy goes on. What is done
 * is recorded as a step with its commands, and as what happened; what cannot be done, or did not
 * come before the end of the run, is a fault that spoils it: it was not the run that was asked for.
 */
public final class Happenings {
  private final Stage stage;
  private final List<Happening> all;

  /** The places of those whose time has not come. */
  private final Set<Integer> pending = new ConcurrentSkipListSet<>();

  private final Set<PhaseKind> begun = EnumSet.noneOf(PhaseKind.class);

  private Happenings(Stage stage) {
    this.stage = stage;
    all = stage.scenario().during();
    IntStream.range(0, all.size()).forEach(pending::add);
  }

  /** Begins to count the time: the rollout starts now. */
  public static Happenings start(Stage stage) {
    Happenings happenings = new Happenings(stage);
    stage.atPhase(happenings::begin);
    for (int i = 0; i < happenings.all.size(); i++) {
      if (happenings.all.get(i).atPhase() == null) {
        happenings.later(i);
      }
    }
    return happenings;
  }

  /**
   * The run is over: nothing happens any more, and what did not come is a fault, unless the rollout
   * was called back or given up: then it is over earlier than the file could know.
   */
  public void end() {
    for (Integer place : List.copyOf(pending)) {
      if (pending.remove(place)) {
        missed(place, deed(all.get(place)).label());
      }
    }
  }

  private void missed(int place, String label) {
    Optional<String> turned = stage.recall().turned();
    if (turned.isPresent()) {
      stage.note(
          "%s: did not happen, since the rollout was %s before".formatted(label, turned.get()));
    } else {
      fault("did not happen", place, label, "the run was over before; choose an earlier time");
    }
  }

  private void begin(PhaseKind phase) {
    if (begun.add(phase)) {
      for (int i = 0; i < all.size(); i++) {
        if (all.get(i).atPhase() != null && phase.name().equals(all.get(i).atPhase().name())) {
          later(i);
        }
      }
    }
  }

  private void later(int place) {
    stage.testbed().timeline().later(all.get(place).at(), () -> happen(place));
  }

  private void happen(int place) {
    if (!pending.remove(place)) {
      return;
    }
    Happening its = all.get(place);
    Deed deed = deed(its);
    long from = stage.now();
    stage.record(new Event.Step(from, deed.label(), deed.commands(), ""));
    try {
      deed.action().run();
    } catch (StepFailedException refused) {
      fault("could not happen", place, deed.label(), refused.getMessage());
      return;
    }
    stage.record(
        new Event.Happened(
            from, stage.now(), its.kind(), deed.target(), deed.effect(), deed.label()));
  }

  private void fault(String what, int place, String label, String why) {
    Happening its = all.get(place);
    stage.record(
        new Event.Fault(
            stage.now(),
            what,
            "during[%s] (%s, %s after the start of %s): %s"
                .formatted(
                    place,
                    label,
                    Durations.print(its.at()),
                    its.atPhase() == null
                        ? "the rollout"
                        : "the phase " + FileWord.of(its.atPhase()),
                    why),
            true));
  }

  /** What it does; nothing is done yet. */
  private Deed deed(Happening its) {
    return deed(action(its), its, stage.testbed());
  }

  private static HappeningAction<?> action(Happening its) {
    return HappeningKinds.named(its.kind())
        .filter(HappeningAction.class::isInstance)
        .map(kind -> (HappeningAction<?>) kind)
        .orElseThrow(
            () ->
                new StepFailedException("this lab has nothing that does %s".formatted(its.kind())));
  }

  private static <S extends Record> Deed deed(
      HappeningAction<S> action, Happening its, Testbed testbed) {
    return action.deed(action.settings().cast(its.settings()), testbed);
  }
}
