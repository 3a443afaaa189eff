/** The routes of directory roles. */
@NullMarked
package dev.vidame.server.roles;

import org.jspecify.annotations.NullMarked;
