package io.rolloutlab.analysis.versions;

import java.util.OptionalDouble;

/**
 * The visits that began in one phase: there is one of these for each phase, in order, where the
 * scenario has pages that name assets.
 *
 * @param phase its label
 * @param visits whose end is known, those before x = 0 too
 * @param broken of them: an asset failed
 * @param brokenPercent these over {@code visits}; empty without any
 */
public record PhaseVisits(String phase, int visits, int broken, OptionalDouble brokenPercent) {}
