/** What customers subscribe to, and the licences that their accounts hold. */
@NullMarked
package dev.vidame.directory.licenses;

import org.jspecify.annotations.NullMarked;
