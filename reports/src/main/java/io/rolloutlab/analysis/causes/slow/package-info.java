/**
 * Why each slow request was slow: it is joined with what failed ones are joined with, from what is
 * nearest to it outwards. What the record does not tell is {@link
 * io.rolloutlab.analysis.causes.slow.SlowCause#UNKNOWN}, never guessed.
 */
package io.rolloutlab.analysis.causes.slow;
