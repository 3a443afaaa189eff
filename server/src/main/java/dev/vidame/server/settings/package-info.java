/** What an operator can set, where it may be set, and what is refused. */
@NullMarked
package dev.vidame.server.settings;

import org.jspecify.annotations.NullMarked;
