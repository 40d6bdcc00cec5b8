/** Scenario files about a stack: what they say of it, and how they become a rollout of it. */
package io.rolloutlab.stack.scenario;
