/**
 * The way of one request: path, correlation, route, caller, decision, handler, answer.
 *
 * <p>{@link dev.vidame.server.http.Api} walks it; {@link dev.vidame.server.http.ApiErrors} is the
 * one place that turns refusals into bodies.
 */
@NullMarked
package dev.vidame.server.http;

import org.jspecify.annotations.NullMarked;
