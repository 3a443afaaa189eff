/** {@code vidame users}. */
@NullMarked
package dev.vidame.cli.users;

import org.jspecify.annotations.NullMarked;
