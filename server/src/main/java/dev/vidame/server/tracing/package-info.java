/** What requests do and how long it takes, for a collector of traces. */
@NullMarked
package dev.vidame.server.tracing;

import org.jspecify.annotations.NullMarked;
