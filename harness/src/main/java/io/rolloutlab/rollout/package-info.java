/**
 * The strategies: one class each, which sees only the ports of {@code testbed}, and the itineraries
 * that play them. They act and record; they never judge what they see.
 */
package io.rolloutlab.rollout;
