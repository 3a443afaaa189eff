/** The server's certificate: read from files, checked, and exchanged while the server runs. */
@NullMarked
package dev.vidame.server.tls;

import org.jspecify.annotations.NullMarked;
