/** What each client in use sends, and what it relies on in answers (wire-spec §9). */
@NullMarked
package dev.vidame.server.clients;

import org.jspecify.annotations.NullMarked;
