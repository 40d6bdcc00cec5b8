/**
 * Runs side by side: the list of measures, which runs may be ranked, whether two are told apart,
 * and the claims that are held against them.
 */
package io.rolloutlab.compare;
