package dev.vidame.sdk;

import dev.vidame.wire.Change;

/**
 * A change and the place behind it.
 *
 * @param change what was changed
 * @param cursor where to go on once the change has been dealt with
 */
public record FollowedChange(Change change, ChangeCursor cursor) {}
