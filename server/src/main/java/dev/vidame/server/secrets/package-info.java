/** What must be had back from the store, and by nobody who only gets the store. */
@NullMarked
package dev.vidame.server.secrets;

import org.jspecify.annotations.NullMarked;
