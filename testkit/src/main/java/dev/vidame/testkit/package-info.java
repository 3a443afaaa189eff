/**
 * The production server inside a test: real HTTP, real storage, and what tests need beside it.
 *
 * <p>{@link dev.vidame.testkit.Vidame} is the plain way in, {@link
 * dev.vidame.testkit.VidameExtension} and {@link dev.vidame.testkit.VidameTest} are JUnit's.
 */
@NullMarked
package dev.vidame.testkit;

import org.jspecify.annotations.NullMarked;
