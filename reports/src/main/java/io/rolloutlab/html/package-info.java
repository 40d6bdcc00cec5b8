/**
 * The report folder: {@link io.rolloutlab.html.Report} is the only way in. Pages are FreeMarker
 * templates with automatic escaping; each one stands alone, without network or script.
 */
package io.rolloutlab.html;
