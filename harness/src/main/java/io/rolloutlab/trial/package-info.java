/** A trial is one scenario, run once: from nothing to a run folder, with nothing left behind. */
package io.rolloutlab.trial;
