/** What the lines of the log look like, and which request they belong to. */
@NullMarked
package dev.vidame.server.logs;

import org.jspecify.annotations.NullMarked;
