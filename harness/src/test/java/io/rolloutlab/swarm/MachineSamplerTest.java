package io.rolloutlab.swarm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import io.rolloutlab.history.Event;
import io.rolloutlab.history.ResourceSample;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class MachineSamplerTest {
  private final AtomicLong clock = new AtomicLong();
  private final List<ResourceSample> samples = new ArrayList<>();
  private final List<Event> events = new ArrayList<>();

  private MachineSampler sampler(boolean sameMachine) {
    return new MachineSampler(sameMachine, clock::get, samples::add, events::add);
  }

  @Test
  void everyColumnOfTheFirstLineIsBusyOrIdleAndGuestsCountOnce() {
    MachineSampler.Ticks ticks =
        MachineSampler.ticks("cpu  1 20 300 4000 50000 600000 7000000 80000000 9 9\ncpu0 7 7\n");

    assertThat(ticks.busy()).isEqualTo(87600321);
    assertThat(ticks.idle()).isEqualTo(54000);
  }

  @Test
  void whatIsNotLinuxIsRefused() {
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> MachineSampler.ticks("cpu  1 2 3"))
        .withMessageContaining("cpu 1 2 3");
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> MachineSampler.ticks(""));
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void theWorkOfThisProcessIsSeenInItAndInTheMachine() {
    MachineSampler sampler = sampler(true);
    sampler.load(ProcessHandle.current().pid());
    sampler.sample();
    double before = used("harness");
    double busyBefore = used("busy");

    double spent = 0;
    for (long round = 1; spent < 0.3; round++) {
      // Works; only what the process itself has used ends it.
      clock.addAndGet(Long.numberOfTrailingZeros(round));
      spent = round % 1_000_000 == 0 ? usedByThisProcess() - before : spent;
    }
    sampler.sample();

    assertThat(used("harness") - before).isGreaterThanOrEqualTo(0.3);
    assertThat(used("load")).isEqualTo(used("harness"), within(0.1));
    assertThat(used("busy") - busyBefore).isGreaterThanOrEqualTo(0.2);
    assertThat(used("idle")).isPositive();
    assertThat(samples.get(samples.size() - 1).atMillis()).isEqualTo(clock.get());
    assertThat(events).isEmpty();
  }

  @Test
  void anEngineElsewhereMakesThisMachineNobodysBusiness() {
    sampler(false).sample();

    assertThat(samples).isEmpty();
  }

  @Test
  void anEngineInsideANodeIsTheNodes() {
    assertThat(MachineSampler.isEngine("Name:\tdockerd\nUmask:\t0022\nNSpid:\t25\n")).isTrue();
    assertThat(MachineSampler.isEngine("Name:\tdockerd\nNSpid:\t25\t7\n")).isFalse();
    assertThat(MachineSampler.isEngine("Name:\tdockerd-like\nNSpid:\t25\n")).isFalse();
  }

  /** The last sample of a name. */
  private double used(String name) {
    return samples.stream()
        .filter(sample -> sample.name().equals(name))
        .reduce((first, last) -> last)
        .orElseThrow()
        .cpuSeconds();
  }

  private static double usedByThisProcess() {
    return ProcessHandle.current().info().totalCpuDuration().orElseThrow().toNanos() / 1e9;
  }
}
