/**
 * The report folder: {@link io.rolloutlab.html.Report} and {@link io.rolloutlab.html.GapPage} are
 * the only ways in. Pages are FreeMarker templates with automatic escaping; each one stands alone,
 * without network or script. What a page shows is made in a package of its name.
 */
package io.rolloutlab.html;
