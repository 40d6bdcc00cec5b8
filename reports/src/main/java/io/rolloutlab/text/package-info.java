/**
 * How every number of a report is written, in which order its runs come, and the reports that are
 * no page: the console's table, {@code results.json}, {@code results.csv} and {@code summary.md}.
 * What comes from outside is escaped where it is written, never before.
 */
package io.rolloutlab.text;
