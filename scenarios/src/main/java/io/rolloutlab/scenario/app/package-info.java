/**
 * The service under test: the block {@code app} of a scenario, and what the lab's own app can be
 * told.
 */
package io.rolloutlab.scenario.app;
