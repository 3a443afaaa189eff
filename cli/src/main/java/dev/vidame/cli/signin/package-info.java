/** {@code vidame login}, {@code logout} and {@code profiles}. */
@NullMarked
package dev.vidame.cli.signin;

import org.jspecify.annotations.NullMarked;
