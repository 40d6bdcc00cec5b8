/**
 * The requests of a run: whether the witnesses agree on them, which failed and why, how long they
 * took, who was hurt, and what the load itself did.
 */
package io.rolloutlab.analysis.requests;
