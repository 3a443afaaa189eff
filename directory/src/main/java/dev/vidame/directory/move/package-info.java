/** A whole store: its backup, the way back from one, and its move to another database. */
@NullMarked
package dev.vidame.directory.move;

import org.jspecify.annotations.NullMarked;
