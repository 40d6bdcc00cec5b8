/** How the records of a scenario become text and back. */
package io.rolloutlab.scenario.json;
