/** What a sweep asks: one scenario and the settings to vary in it. */
package io.rolloutlab.scenario.sweep;
