/** What changed of customers, for those who follow it. */
@NullMarked
package dev.vidame.server.changes;

import org.jspecify.annotations.NullMarked;
