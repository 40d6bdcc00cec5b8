/**
 * Why each failed request failed: it is joined with its tries at the edge, the tasks behind the
 * addresses, and what those were doing at that moment. What the record does not tell is {@link
 * io.rolloutlab.analysis.causes.Cause#UNKNOWN}, never guessed.
 */
package io.rolloutlab.analysis.causes;
