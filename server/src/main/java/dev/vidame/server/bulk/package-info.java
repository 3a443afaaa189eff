/**
 * Runs of many changes from files that agents upload: what the module bulk does, within this
 * server.
 */
@NullMarked
package dev.vidame.server.bulk;

import org.jspecify.annotations.NullMarked;
