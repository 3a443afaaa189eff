/** What the API says of itself: its OpenAPI document, and a page that shows it. */
@NullMarked
package dev.vidame.server.openapi;

import org.jspecify.annotations.NullMarked;
