/** Makes a question to the lab of a service that somebody runs, and says what of it is left out. */
package io.rolloutlab.stack.asked;
