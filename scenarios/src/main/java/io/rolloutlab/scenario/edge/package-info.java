/**
 * The block {@code edge} of a scenario: which proxy stands in front of the app, and its settings.
 */
package io.rolloutlab.scenario.edge;
