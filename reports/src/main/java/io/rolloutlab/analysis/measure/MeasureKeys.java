package io.rolloutlab.analysis.measure;

import io.rolloutlab.scenario.expect.KnownMeasures;
import java.util.List;

/** Tells the reader of scenarios which measures there are. */
public final class MeasureKeys implements KnownMeasures {
  @Override
  public List<Known> known() {
    return Measures.all().stream()
        .map(measure -> new Known(measure.key(), measure.reads().inPhase().isPresent()))
        .toList();
  }
}
