@NullMarked
package dev.vidame.server.tls;

import org.jspecify.annotations.NullMarked;
