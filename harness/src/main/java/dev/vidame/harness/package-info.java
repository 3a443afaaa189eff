/** What tests of several modules share. */
@NullMarked
package dev.vidame.harness;

import org.jspecify.annotations.NullMarked;
