/**
 * Strategies that people compare with those of the exercise, one class each with its settings
 * inside. They see what any other that is added sees: the {@link io.rolloutlab.rollout.Stage}.
 */
package io.rolloutlab.rollout.beyond;
