/**
 * Requests that were seen elsewhere, in an access log or a browser's recording (HAR), and the block
 * {@code load} of a scenario that asks for the same.
 */
package io.rolloutlab.scenario.seen;
