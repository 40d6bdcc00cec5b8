/**
 * The simulated manager: orchestrator, scheduler, updater, restart supervisor and reaper. Every
 * rule cites where it was read in swarmkit.
 */
package io.rolloutlab.twin.manager;
