/** What came of a rollout beside what Swarm made of an update: who turned it round, and why. */
package io.rolloutlab.analysis.outcome;
