/**
 * The strategies: one class each, which sees only the ports of {@code testbed}. They act and
 * record; they never judge what they see.
 */
package io.rolloutlab.rollout;
