/** What several pages show: figures, the time axis of a run, its conditions. */
package io.rolloutlab.html.part;
