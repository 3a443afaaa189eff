/** {@code vidame bulk}: changes of many accounts from a file. */
@NullMarked
package dev.vidame.cli.bulk;

import org.jspecify.annotations.NullMarked;
