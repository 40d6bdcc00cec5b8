/** How Swarm is told to update a service, and what can come of it. */
package io.rolloutlab.scenario.update;
