package io.rolloutlab.doors;

import io.rolloutlab.analysis.requests.Errors;
import io.rolloutlab.analysis.run.HistoryAnalysis;
import io.rolloutlab.analysis.run.Inquiry;
import java.util.OptionalLong;

/** An analysis that the lab does not bring: how a run's bad time began. */
public final class ToyAnalysis implements HistoryAnalysis<ToyAnalysis.FirstFailure> {
  /**
   * When it was.
   *
   * @param atSecond after x = 0; empty when no request failed
   * @param hitsLogged how many requests the edge logged
   */
  public record FirstFailure(OptionalLong atSecond, int hitsLogged) {}

  @Override
  public String key() {
    return "firstFailure";
  }

  @Override
  public String words() {
    return "first failure";
  }

  @Override
  public Class<?> type() {
    return FirstFailure.class;
  }

  @Override
  public FirstFailure of(Inquiry run) {
    if (run.history().manifest().runId().equals("broken")) {
      throw new IllegalStateException("the toy is broken");
    }
    Errors errors = run.part(Errors.class).orThrow();
    return new FirstFailure(
        errors.perSecond().stream()
            .filter(second -> second.failed() > 0)
            .mapToLong(Errors.Second::second)
            .findFirst(),
        run.history().hits().size());
  }
}
