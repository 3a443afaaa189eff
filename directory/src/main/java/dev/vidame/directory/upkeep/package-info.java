/** What a server does by itself now and then, and who of several does it. */
@NullMarked
package dev.vidame.directory.upkeep;

import org.jspecify.annotations.NullMarked;
