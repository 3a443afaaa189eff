/** The routes of user accounts. */
@NullMarked
package dev.vidame.server.users;

import org.jspecify.annotations.NullMarked;
