/** What can be expected of any measure: bounds, and which measures there are. */
package io.rolloutlab.scenario.expect;
