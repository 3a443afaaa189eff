/** Which service a command speaks to, as whom, and about which customer. */
@NullMarked
package dev.vidame.cli.client;

import org.jspecify.annotations.NullMarked;
