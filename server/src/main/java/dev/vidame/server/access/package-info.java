/** Who may do what to whom. */
@NullMarked
package dev.vidame.server.access;

import org.jspecify.annotations.NullMarked;
