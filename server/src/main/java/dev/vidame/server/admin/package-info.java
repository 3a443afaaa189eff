/** What operators do over HTTP: partners, agents, applications, relationships. */
@NullMarked
package dev.vidame.server.admin;

import org.jspecify.annotations.NullMarked;
