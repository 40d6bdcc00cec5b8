/**
 * How a value of a scenario is checked and complained about: durations, memory, networks, names
 * nearly right, values that are secret.
 */
package io.rolloutlab.scenario.check;
