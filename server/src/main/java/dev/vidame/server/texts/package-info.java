/** What people read, in the languages that they read. */
@NullMarked
package dev.vidame.server.texts;

import org.jspecify.annotations.NullMarked;
