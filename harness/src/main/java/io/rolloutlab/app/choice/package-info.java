/** Which scenarios and which recorded runs a command takes. */
package io.rolloutlab.app.choice;
