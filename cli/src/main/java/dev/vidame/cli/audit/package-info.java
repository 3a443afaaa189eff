/** {@code vidame audit}. */
@NullMarked
package dev.vidame.cli.audit;

import org.jspecify.annotations.NullMarked;
