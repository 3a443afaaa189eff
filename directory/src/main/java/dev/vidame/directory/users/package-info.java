/** User accounts: their rules, how an update merges into one, and where they are stored. */
@NullMarked
package dev.vidame.directory.users;

import org.jspecify.annotations.NullMarked;
