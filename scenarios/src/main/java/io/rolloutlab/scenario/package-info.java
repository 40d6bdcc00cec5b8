/**
 * What is asked: a scenario is one question, one YAML file, one immutable {@link
 * io.rolloutlab.scenario.Scenario}. Every record fills in its own defaults and refuses values that
 * make no sense, quoting them; {@link io.rolloutlab.scenario.read.ScenarioReader} adds file, line
 * and key.
 */
package io.rolloutlab.scenario;
