/** The routes of subscribed SKUs and licences. */
@NullMarked
package dev.vidame.server.licenses;

import org.jspecify.annotations.NullMarked;
