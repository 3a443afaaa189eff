/** Operators, who run the service, and what they do to partners. Every change is in a journal. */
@NullMarked
package dev.vidame.directory.operators;

import org.jspecify.annotations.NullMarked;
