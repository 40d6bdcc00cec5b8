package io.rolloutlab.doors;

import io.rolloutlab.analysis.measure.Apart;
import io.rolloutlab.analysis.measure.Heading;
import io.rolloutlab.analysis.measure.Measure;
import io.rolloutlab.analysis.measure.MeasureProvider;
import io.rolloutlab.analysis.requests.Errors;
import java.util.List;
import java.util.OptionalDouble;

/** A measure that the lab does not bring: seconds in which a request failed. */
public final class ToyMeasures implements MeasureProvider {
  @Override
  public List<Measure> measures() {
    return List.of(
        new Heading(
                "badSeconds",
                "Bad seconds",
                "s",
                0,
                "Seconds since x = 0 in which a request failed")
            .read(
                Errors.class,
                errors ->
                    OptionalDouble.of(
                        errors.perSecond().stream()
                            .filter(second -> second.second() >= 0 && second.failed() > 0)
                            .count()))
            .lowestIsBest(value -> Apart.counted()));
  }
}
