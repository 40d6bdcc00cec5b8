/** The page that says what changed between two lots of runs. */
package io.rolloutlab.html.change;
