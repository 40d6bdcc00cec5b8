/**
 * The course of a run: its phases and steps, how it ended, what came of the updates that were
 * ordered; and the words that every part of the findings uses (a share, a span of time, a verdict,
 * a part that is known or not).
 */
package io.rolloutlab.analysis.run;
