/** What a scenario's author expects to be measured: bounds, and which measures there are. */
package io.rolloutlab.scenario.expect;
