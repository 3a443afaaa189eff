/** A real server and a client that sends and reads bytes exactly, for the tests. */
@NullMarked
package dev.vidame.server.harness;

import org.jspecify.annotations.NullMarked;
