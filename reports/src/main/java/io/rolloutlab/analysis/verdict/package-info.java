/** The judges: what the scenario expects, what can never be right, and what is too thin to say. */
package io.rolloutlab.analysis.verdict;
