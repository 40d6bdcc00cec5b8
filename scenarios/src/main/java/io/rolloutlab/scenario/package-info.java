/**
 * What is asked: a scenario is one question, one YAML file, one immutable {@link
 * io.rolloutlab.scenario.Scenario}, with its strategy and what happens beside it. The blocks of its
 * file have packages of their names beside this one. Every record fills in its own defaults and
 * refuses values that make no sense, quoting them; {@link
 * io.rolloutlab.scenario.read.ScenarioReader} adds file, line and key.
 */
package io.rolloutlab.scenario;
