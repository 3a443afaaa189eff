/** The OAuth endpoints, and the reading of bearer tokens. */
@NullMarked
package dev.vidame.server.oauth;

import org.jspecify.annotations.NullMarked;
