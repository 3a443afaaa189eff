/** Moments and days as callers write them. */
@NullMarked
package dev.vidame.server.moments;

import org.jspecify.annotations.NullMarked;
