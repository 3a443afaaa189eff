package dev.vidame.directory.operators;

import java.time.Instant;
import java.util.UUID;

/**
 * Somebody who runs the service, apart from all partners.
 *
 * @param id tells operators apart
 * @param name for people
 * @param createdAt since when
 */
public record Operator(UUID id, String name, Instant createdAt) {}
