/** What the page of all runs shows: the short answer, small pictures, bars and claims. */
package io.rolloutlab.html.index;
