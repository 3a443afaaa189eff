/** Customers' changes, one after the other, for those who follow them. */
@NullMarked
package dev.vidame.directory.feed;

import org.jspecify.annotations.NullMarked;
