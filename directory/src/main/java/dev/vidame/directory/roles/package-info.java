/** Directory roles and the accounts that have them. */
@NullMarked
package dev.vidame.directory.roles;

import org.jspecify.annotations.NullMarked;
