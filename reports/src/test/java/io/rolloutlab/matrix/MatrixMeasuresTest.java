package io.rolloutlab.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolloutlab.analysis.Analysis;
import io.rolloutlab.analysis.Findings;
import io.rolloutlab.analysis.SampleFindings;
import io.rolloutlab.analysis.cost.Tasks;
import io.rolloutlab.analysis.measure.CostMeasures;
import io.rolloutlab.analysis.measure.CourseMeasures;
import io.rolloutlab.analysis.measure.Measure;
import io.rolloutlab.analysis.versions.VersionMix;
import io.rolloutlab.scenario.Strategy;
import java.util.List;
import org.junit.jupiter.api.Test;

class MatrixMeasuresTest {
  private static Findings of(Strategy strategy) {
    return Analysis.analyse(SampleFindings.history(strategy, 1));
  }

  private static double value(Measure measure, Findings run) {
    return measure.value(run.evidence()).orElse(Double.NaN);
  }

  @Test
  void tasksAreMissingWhereStopFirstLeavesSlotsEmpty() {
    assertThat(value(CostMeasures.MISSING_TASK_SECONDS, of(Strategy.BASELINE))).isZero();
    assertThat(value(CostMeasures.MISSING_TASK_SECONDS, of(Strategy.BLUE_GREEN))).isZero();
    Findings rolling = of(Strategy.ROLLING);
    Tasks tasks = rolling.tasks().orThrow();
    double missing = value(CostMeasures.MISSING_TASK_SECONDS, rolling);

    assertThat(missing).isPositive();
    assertThat(missing).isGreaterThanOrEqualTo(-tasks.replicaSeconds().aboveBaseline() - 0.01);
  }

  @Test
  void whoMetV2IsCountedInTheFirstPass() {
    Findings canary = of(Strategy.CANARY_IP);
    List<VersionMix.Pass> passes = canary.versions().orThrow().passes();

    assertThat(value(CourseMeasures.MET_V2_PERCENT, canary))
        .isEqualTo(100 * passes.get(0).exposedUsers().share())
        .isBetween(1.0, 99.0);
    assertThat(value(CourseMeasures.MET_V2_PERCENT, of(Strategy.BASELINE))).isNaN();
  }

  @Test
  void theLengthOfTheCourseIsThatOfTheLoadSinceX0() {
    Findings rolling = of(Strategy.ROLLING);

    assertThat(value(CourseMeasures.COURSE_SECONDS, rolling))
        .isEqualTo(rolling.timeline().measured().millis() / 1000.0)
        .isGreaterThan(10);
  }

  @Test
  void everyMeasureIsShownOnceOrBesideItsNumber() {
    List<String> keys = MatrixMeasure.all().stream().map(MatrixMeasure::key).toList();

    assertThat(keys)
        .doesNotHaveDuplicates()
        .startsWith("usersHurt", "failedRequests", "servedAgainSeconds", "extraTasks")
        .contains("metV2Percent", "missingTaskSeconds", "memoryPeakRatio", "cpuSecondsAboveWarmUp")
        .contains("secondsToAlarm", "secondsToBack", "courseSeconds")
        .doesNotContain("usersHurtPercent", "errorPercent", "p99Millis");
  }
}
