/**
 * The server: HTTP, tokens, access decisions, over one directory. {@link
 * dev.vidame.server.VidameServer} starts it.
 */
@NullMarked
package dev.vidame.server;

import org.jspecify.annotations.NullMarked;
