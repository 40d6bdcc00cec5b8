/**
 * Runs side by side as text: the console's table, {@code results.json}, {@code results.csv} and
 * {@code summary.md}. {@link io.rolloutlab.compare.Figures} is how every number of a report is
 * written, {@link io.rolloutlab.compare.Runs} in which order its runs come. {@link
 * io.rolloutlab.compare.Gap} alone holds real and simulated runs against each other. What comes
 * from outside is escaped where it is written, never before.
 */
package io.rolloutlab.compare;
