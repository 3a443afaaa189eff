/** How passwords are kept: as slow, salted hashes. */
@NullMarked
package dev.vidame.directory.passwords;

import org.jspecify.annotations.NullMarked;
