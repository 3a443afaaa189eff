/** Partners, and the people and applications that act for them. */
@NullMarked
package dev.vidame.directory.partners;

import org.jspecify.annotations.NullMarked;
