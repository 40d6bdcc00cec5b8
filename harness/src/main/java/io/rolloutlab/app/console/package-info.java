/** What people, and Maven, are told while a command runs, and how they stop it. */
package io.rolloutlab.app.console;
