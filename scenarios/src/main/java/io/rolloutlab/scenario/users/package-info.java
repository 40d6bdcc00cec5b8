/** What an edge can tell the load's users apart by. */
package io.rolloutlab.scenario.users;
