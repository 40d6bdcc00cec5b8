/**
 * The ports that strategies see, and nothing else: {@link io.rolloutlab.testbed.Swarm}, {@link
 * io.rolloutlab.testbed.Edge}, {@link io.rolloutlab.testbed.Traffic}, {@link
 * io.rolloutlab.testbed.Timeline} and {@link io.rolloutlab.testbed.Recorder}, gathered in a {@link
 * io.rolloutlab.testbed.Testbed}; {@link io.rolloutlab.testbed.Commands} says what a person would
 * type, {@link io.rolloutlab.testbed.Nodes} are for what happens to a strategy. What stands behind
 * them is a real Swarm (package {@code swarm}) or a simulated one (package {@code twin}).
 */
package io.rolloutlab.testbed;
