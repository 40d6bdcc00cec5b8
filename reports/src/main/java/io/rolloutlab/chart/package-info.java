/**
 * JFreeChart, and what it has no chart for, into SVG for a page. Charts know nothing of runs: they
 * draw numbers in {@link io.rolloutlab.chart.Ink}s, and the page's style sheet says what an ink
 * looks like. They are the same bytes on every machine: text is measured by a table, numbers are
 * written without a locale.
 */
package io.rolloutlab.chart;
