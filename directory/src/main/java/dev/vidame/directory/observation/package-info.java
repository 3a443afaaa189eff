/** What a directory tells whoever watches it: what its store and its hashing do. */
@NullMarked
package dev.vidame.directory.observation;

import org.jspecify.annotations.NullMarked;
