/** Real runs: which of them are made at once, how long that takes, and which are made again. */
package io.rolloutlab.app.real;
