package io.rolloutlab.analysis.versions;

import java.util.OptionalDouble;

/**
 * The visits of one of the pages that name assets, of all that began since x = 0. A visit is a page
 * that was answered well, and the assets that its user asked for after it.
 *
 * @param page its name in the scenario
 * @param assets how many it names
 * @param visits whose end is known
 * @param broken of them: an asset failed, for whatever reason
 * @param brokenPercent these over {@code visits}; empty without any
 * @param betweenVersions of the broken ones: the other version was asked for an asset, and did not
 *     have it
 * @param cutShort visits beside those: the load ended before they did
 */
public record PageVisits(
    String page,
    int assets,
    int visits,
    int broken,
    OptionalDouble brokenPercent,
    int betweenVersions,
    int cutShort) {}
