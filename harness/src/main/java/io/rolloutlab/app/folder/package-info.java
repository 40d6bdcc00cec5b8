/** Where runs and reports lie, and how a new report takes the place of an old one. */
package io.rolloutlab.app.folder;
