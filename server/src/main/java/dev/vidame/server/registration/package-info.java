/** What may be said of agents and applications, whoever says it: operators, and admin agents. */
@NullMarked
package dev.vidame.server.registration;

import org.jspecify.annotations.NullMarked;
