/** What the load's users ask for, and which answers are good. */
package io.rolloutlab.scenario.requests;
